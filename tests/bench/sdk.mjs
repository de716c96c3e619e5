// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// sdk.mjs FOLDER URL ACCOUNT TOKEN   reads all devices page by page with the vendor's SDK; prints the time in
// milliseconds and the number of devices.
import { createRequire } from 'node:module';

const [folder, baseURL, account_id, apiToken] = process.argv.slice(2);
const { Cloudflare } = createRequire(folder + '/')('cloudflare');
const client = new Cloudflare({ apiToken, baseURL });
const begun = performance.now();
let devices = 0;
for (let page = 1; ; ++page) {
  const reply = await client.zeroTrust.dex.commands.devices.list({ account_id, page, per_page: 50 });
  devices += reply.result.devices.length;
  if (reply.result.devices.length < 50) break;
}
console.log((performance.now() - begun).toFixed(1), devices);
