/* Tick and untick options of every facet, one after the other: milliseconds of each click with its DOM and layout. */
async () => {
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const spent = [];
  for (const facet of document.querySelectorAll("[data-facet]")) {
    const boxes = Array.from(facet.querySelectorAll("input[type=checkbox]")).slice(0, 2);
    for (const box of [...boxes, ...boxes]) {
      const begin = performance.now();
      box.click();
      document.body.getBoundingClientRect();
      spent.push(performance.now() - begin);
      await pause(100);
    }
  }
  return spent;
}
