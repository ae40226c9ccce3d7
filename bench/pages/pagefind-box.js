/* The least page that Pagefind's own client allows: results as you type, the first eight with title and excerpt. */
import * as pagefind from "./pagefind/pagefind.js";

const box = document.querySelector("#q");
const list = document.querySelector("#results");
let latest = 0;

async function run() {
  const mine = (latest += 1);
  const found = await pagefind.search(box.value);
  const hits = await Promise.all(found.results.slice(0, 8).map((result) => result.data()));
  if (mine !== latest) return;
  list.replaceChildren(...hits.map((hit) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    const words = document.createElement("p");
    link.href = hit.url;
    link.textContent = hit.meta.title;
    words.innerHTML = hit.excerpt;
    item.append(link, words);
    return item;
  }));
}

box.addEventListener("input", run);
const asked = new URLSearchParams(location.search).get("q");
if (asked) {
  box.value = asked;
  run();
}
