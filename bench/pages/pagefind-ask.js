/* Asks Pagefind, on a page of its own: the addresses of the first results of each query. */
async ([queries, depth]) => {
  const pagefind = await import("/pagefind/pagefind.js");
  await pagefind.init();
  const found = [];
  for (const query of queries) {
    const { results } = await pagefind.search(query);
    found.push(await Promise.all(results.slice(0, depth).map(async (result) => (await result.data()).url)));
  }
  return found;
}
