/* Click an option and lay out what that changes. What the page puts off until the answer is seen waits for benchGo, else
 * some of it would be counted by chance. */
(at) => {
  const timers = [];
  const frames = [];
  const { setTimeout, requestAnimationFrame } = window;
  window.setTimeout = (...timer) => timers.push(timer) && 0;
  window.requestAnimationFrame = (work) => frames.push(work) && 0;
  window.benchOptions[at].click();
  for (const work of frames) work(performance.now());
  document.body.getBoundingClientRect();
  Object.assign(window, { setTimeout, requestAnimationFrame });
  window.benchGo = () => timers.forEach((timer) => setTimeout(...timer));
}
