// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/secretsession.h"

#include <memory>

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>

#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

namespace storage {

namespace {

constexpr int primeBytes = 128;
constexpr int blockBytes = 16;

struct Release {
    void operator()(BIGNUM* number) const { BN_clear_free(number); }
    void operator()(BN_CTX* context) const { BN_CTX_free(context); }
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};

template<class Thing>
using Owned = std::unique_ptr<Thing, Release>;

Owned<BIGNUM> number(const QByteArray& bytes)
{
    return Owned<BIGNUM>(
        BN_bin2bn(reinterpret_cast<const unsigned char*>(bytes.constData()), int(bytes.size()), nullptr));
}

/// Padded with leading zeros to the length of the prime.
QByteArray bytesOf(const BIGNUM* number)
{
    QByteArray bytes(primeBytes, '\0');
    BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()), primeBytes);
    return bytes;
}

Owned<BIGNUM> prime()
{
    return Owned<BIGNUM>(BN_get_rfc2409_prime_1024(nullptr));
}

QByteArray power(const BIGNUM* base, const QByteArray& exponent)
{
    const Owned<BN_CTX> context(BN_CTX_new());
    const Owned<BIGNUM> result(BN_new());
    BN_mod_exp(result.get(), base, number(exponent).get(), prime().get(), context.get());
    return bytesOf(result.get());
}

QByteArray randomBytes(int count)
{
    QByteArray bytes(count, '\0');
    if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), count) != 1)
        qFatal("there are no random numbers");
    return bytes;
}

/// \returns nothing if the padding is wrong
std::optional<QByteArray> cipher(const QByteArray& key, const QByteArray& vector, const QByteArray& input,
                                 bool encrypt)
{
    const auto in = [](const QByteArray& bytes) {
        return reinterpret_cast<const unsigned char*>(bytes.constData());
    };
    const Owned<EVP_CIPHER_CTX> context(EVP_CIPHER_CTX_new());
    QByteArray output(input.size() + blockBytes, '\0');
    auto* out = reinterpret_cast<unsigned char*>(output.data());
    int first = 0, last = 0;
    if (EVP_CipherInit_ex(context.get(), EVP_aes_128_cbc(), nullptr, in(key), in(vector), encrypt ? 1 : 0) !=
            1 ||
        EVP_CipherUpdate(context.get(), out, &first, in(input), int(input.size())) != 1 ||
        EVP_CipherFinal_ex(context.get(), out + first, &last) != 1)
        return std::nullopt;
    output.truncate(first + last);
    return output;
}

} // namespace

SecretSession::SecretSession()
    : m_privateKey(randomBytes(primeBytes))
{
    const auto generator = number(QByteArray(1, '\2'));
    m_publicKey = power(generator.get(), m_privateKey);
}

bool SecretSession::agree(const QByteArray& publicKey)
{
    const auto other = number(publicKey);
    const auto largest = prime();
    BN_sub_word(largest.get(), 1);
    // With 0, 1 or -1 anybody could compute the key.
    if (BN_is_zero(other.get()) || BN_is_one(other.get()) || BN_cmp(other.get(), largest.get()) >= 0)
        return false;
    // HKDF (RFC 5869) with SHA-256, without salt and info; its first block is long enough.
    const auto mac = [](const QByteArray& key, const QByteArray& message) {
        return QMessageAuthenticationCode::hash(message, key, QCryptographicHash::Sha256);
    };
    const auto extracted = mac(QByteArray(32, '\0'), power(other.get(), m_privateKey));
    m_key = mac(extracted, QByteArray(1, '\1')).first(blockBytes);
    return true;
}

SecretSession::Sealed SecretSession::seal(const QByteArray& secret) const
{
    const auto vector = randomBytes(blockBytes);
    return {.parameters = vector, .value = cipher(m_key, vector, secret, true).value_or(QByteArray())};
}

std::optional<QByteArray> SecretSession::open(const Sealed& sealed) const
{
    if (sealed.parameters.size() != blockBytes)
        return std::nullopt;
    return cipher(m_key, sealed.parameters, sealed.value, false);
}

} // namespace storage
