// Opens pages in headless Chromium as a reader would and tells what is wrong with them.
//
//   npm install --no-save axe-core playwright-core
//   node tools/axe.mjs 2026年迎检资料.html …
//
// At 1280 and at 390 px: findings of axe-core, console messages, requests to anywhere but the file, a page
// wider than the window. Exit code 1 where there is any. CHROMIUM names the browser, if it is elsewhere.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(join(process.cwd(), "_"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
let wrong = 0;

function tell(file, width, what) {
  wrong += 1;
  console.log(`${file} ${width}px: ${what}`);
}

async function look(file, width) {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  const url = pathToFileURL(resolve(file)).href;
  page.on("console", (message) => tell(file, width, `console: ${message.text()}`));
  page.on("pageerror", (error) => tell(file, width, `script: ${error.message}`));
  page.on("request", (asked) => asked.url() === url || tell(file, width, `request: ${asked.url()}`));
  await page.goto(url);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  if (wide > width) tell(file, width, `${wide} px wide`);
  await page.evaluate(axe); // by the debugger, so that the page's own policy stays as it is
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  for (const { impact, id, help, nodes } of violations) {
    tell(file, width, `${impact} ${id}: ${help} (${nodes.length}, ${nodes[0].target})`);
  }
  await page.close();
}

for (const file of process.argv.slice(2)) {
  for (const width of [1280, 390]) await look(file, width);
}
await browser.close();
console.log(wrong ? `${wrong} findings` : "nothing found");
process.exitCode = wrong ? 1 : 0;
