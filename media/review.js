// Passes clicks on to the extension; the page itself decides nothing.
const host = acquireVsCodeApi();

document.addEventListener('click', (event) => {
  const target = event.target instanceof Element ? event.target.closest('[data-choice], [data-line]') : null;
  if (!(target instanceof HTMLElement)) return;
  event.preventDefault();
  const { choice, line } = target.dataset;
  host.postMessage(choice === undefined ? { line: Number(line) } : { choice });
});
