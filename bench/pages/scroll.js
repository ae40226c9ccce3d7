/* Scroll to the end of the page, a screen a frame at first, then by leaps: how many steps, the longest frame in ms. */
async () => {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  let last = await frame();
  let longest = 0;
  const step = async (top) => {
    window.scrollTo({ top, behavior: "instant" });
    const now = await frame();
    longest = Math.max(longest, now - last);
    last = now;
  };
  for (let screens = 0; screens < 60; screens += 1) await step(window.scrollY + innerHeight * 0.8);
  for (let part = 1; part <= 20; part += 1) await step((document.body.scrollHeight * part) / 20);
  return [80, longest];
}
