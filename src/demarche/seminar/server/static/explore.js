// The explorer: asks for a fan whenever the question changes, and draws it as its lines arrive.
const form = document.getElementById("asked");
const picture = document.getElementById("fan");
const said = document.getElementById("said");
const tabs = [...document.querySelectorAll("[role=tab]")];
let job = new AbortController();
let bands = new Map();

const shape = (kind, given) => {
  const made = document.createElementNS("http://www.w3.org/2000/svg", kind);
  for (const [name, value] of Object.entries(given)) made.setAttribute(name, value);
  picture.append(made);
  return made;
};

const digits = (value) => (Math.abs(value) >= 100 ? value.toFixed(0) : Number(value.toPrecision(3)).toString());

const draw = () => {
  const years = [...bands.values()].sort((one, other) => one.year - other.year);
  const values = years.flatMap((one) => one.quantiles).concat(0);
  const low = Math.min(...values);
  const high = Math.max(...values);
  const room = (high - low) * 0.08 || 1;
  const first = years[0].year;
  const span = Math.max(Number(picture.dataset.last || 0), years[years.length - 1].year) - first || 1;
  const x = (year) => 80 + (700 * (year - first)) / span;
  const y = (value) => 20 + (360 * (high + room - value)) / (high - low + 2 * room);
  picture.replaceChildren();
  for (let nth = 0; nth <= 4; nth += 1) {
    const value = low + ((high - low) * nth) / 4;
    shape("line", { class: "grid", x1: 80, x2: 780, y1: y(value), y2: y(value) });
    shape("text", { x: 72, y: y(value) + 5, "text-anchor": "end" }).textContent = digits(value);
  }
  const every = Math.ceil(span / 7);
  for (let year = first; year <= first + span; year += every) {
    shape("text", { x: x(year), y: 408, "text-anchor": "middle" }).textContent = String(year);
  }
  const band = (kind, under, over) => shape("polygon", { class: kind, points: [
    ...years.map((one) => `${x(one.year)},${y(one.quantiles[over])}`),
    ...[...years].reverse().map((one) => `${x(one.year)},${y(one.quantiles[under])}`),
  ].join(" ") });
  band("wide", 0, 4);
  band("narrow", 1, 3);
  shape("polyline", { class: "middle", points: years.map((one) => `${x(one.year)},${y(one.quantiles[2])}`).join(" ") });
  shape("line", { class: "zero", x1: 80, x2: 780, y1: y(0), y2: y(0) });
  const pairs = [...new Set(years.map((one) => one.pairs))].join(" and ");
  shape("text", { x: 780, y: 16, "text-anchor": "end" }).textContent = `${pairs} pairs`;
};

const table = () => {
  const rows = [...bands.values()].sort((one, other) => one.year - other.year).map((one) => {
    const row = document.createElement("tr");
    const cells = [one.year, ...one.quantiles.map(digits), `${digits(one.mean)} ± ${digits(one.error)}`, one.pairs];
    row.append(...cells.map((text, nth) => {
      const cell = document.createElement(nth ? "td" : "th");
      if (!nth) cell.scope = "row";
      cell.textContent = String(text);
      return cell;
    }));
    return row;
  });
  document.getElementById("rows").replaceChildren(...rows);
};

const heard = (line) => {
  const band = JSON.parse(line);
  picture.dataset.last = String(Math.max(Number(picture.dataset.last || 0), band.year));
  bands.set(band.year, band);
  draw();
};

const question = () => {
  const query = new URLSearchParams(new FormData(form));
  for (const box of form.querySelectorAll("[data-sets]")) {
    const slider = document.getElementById(box.dataset.sets);
    slider.disabled = !box.checked;
    if (box.checked) query.set(slider.dataset.name, String(Number(Number(slider.value).toPrecision(4))));
    form.querySelector(`output[for="${CSS.escape(slider.id)}"]`).textContent = box.checked ? digits(Number(slider.value)) : "as it is";
  }
  return query.toString();
};

const ask = async () => {
  job.abort();
  job = new AbortController();
  const mine = job;
  const query = question();
  history.replaceState(null, "", `/?${query}`);
  document.getElementById("share").href = `/?${query}`;
  for (const id of ["save", "batch"]) {
    const link = document.getElementById(id);
    link.href = `${link.pathname}?${query}`;
  }
  bands = new Map();
  picture.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(`/fan?${query}`, { signal: mine.signal });
    if (!answer.ok) { said.textContent = await answer.text(); return; }
    said.textContent = "Running.";
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      const lines = (rest + value).split("\n");
      rest = lines.pop();
      lines.forEach(heard);
    }
    if (mine.signal.aborted) return;
    const newest = [...bands.values()].sort((one, other) => other.year - one.year)[0];
    table();
    picture.setAttribute("aria-busy", "false");
    said.textContent = `${newest.pairs} pairs. In ${newest.year} the mean difference is ${digits(newest.mean)}, standard error ${digits(newest.error)}.`;
  } catch (error) {
    if (error.name !== "AbortError") said.textContent = "The explorer does not answer; is it still running?";
  }
};

let soon = 0;
form.addEventListener("input", () => { clearTimeout(soon); soon = setTimeout(ask, 120); });
form.addEventListener("submit", (event) => event.preventDefault());

const choose = (tab) => {
  for (const one of tabs) {
    one.setAttribute("aria-selected", String(one === tab));
    one.tabIndex = one === tab ? 0 : -1;
  }
  document.getElementById("panel").setAttribute("aria-labelledby", tab.id);
  form.elements.account.value = tab.dataset.account;
  tab.focus();
  ask();
};
tabs.forEach((tab, nth) => {
  tab.addEventListener("click", () => choose(tab));
  tab.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) choose(tabs[(nth + step + tabs.length) % tabs.length]);
  });
});
document.getElementById("copy").addEventListener("click", async (event) => {
  await navigator.clipboard.writeText(document.getElementById("command").textContent);
  event.target.textContent = "Copied";
});
ask();
