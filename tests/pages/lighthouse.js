/* What Lighthouse, as a phone, says of pages. In: the browser's path and addresses. Out, a line of JSON for each: its
 * address, the score of each category, and what keeps a score below 100. */
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const [chromePath, ...addresses] = process.argv.slice(2);
const root = process.getuid && process.getuid() === 0 ? ["--no-sandbox"] : [];
const chrome = await launch({ chromePath, chromeFlags: ["--headless=new", "--disable-dev-shm-usage", ...root] });
try {
  for (const address of addresses) {
    const { lhr } = await lighthouse(address, {
      port: chrome.port, onlyCategories: ["performance", "accessibility", "best-practices", "seo"], logLevel: "silent",
    });
    const scores = {};
    const failing = [];
    for (const { id, score, auditRefs } of Object.values(lhr.categories)) {
      scores[id] = Math.round(score * 100);
      if (id === "performance") continue;
      failing.push(...auditRefs.filter(({ id: name, weight }) => weight && lhr.audits[name].score !== null &&
        lhr.audits[name].score < 1).map(({ id: name }) => name));
    }
    const shift = lhr.audits["cumulative-layout-shift"].numericValue;
    console.log(JSON.stringify({ address, scores, shift, failing }));
  }
} finally {
  await chrome.kill();
}
