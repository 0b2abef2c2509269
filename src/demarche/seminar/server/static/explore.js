// The explorer: asks for a fan whenever the question changes, and draws it as its lines arrive.
const form = document.getElementById("asked");
const picture = document.getElementById("fan");
const said = document.getElementById("said");
const beside = document.getElementById("beside");
const look = document.getElementById("look");
const tabs = [...document.querySelectorAll("[role=tab]")];
let job = new AbortController();
let bands = new Map();

const make = (where, kind, given) => {
  const made = document.createElementNS("http://www.w3.org/2000/svg", kind);
  for (const [name, value] of Object.entries(given)) made.setAttribute(name, value);
  where.append(made);
  return made;
};

const digits = (value) => (Math.abs(value) >= 100 ? value.toFixed(0) : Number(value.toPrecision(3)).toString());

// a round step, so that marks are read at a glance
const step = (range) => {
  const power = 10 ** Math.floor(Math.log10(range / 4));
  return power * [1, 2, 5, 10].find((one) => one * power >= range / 4);
};

// `years` are [year, quantiles, mean or null]; `box` is left, right, top, bottom
const plot = (where, years, last, box, small) => {
  const values = years.flatMap(([, quantiles, mean]) => [...quantiles, mean ?? 0]).concat(0);
  const low = Math.min(...values);
  const high = Math.max(...values);
  const room = (high - low) * 0.08 || 1;
  const first = years[0][0];
  const span = Math.max(last, years[years.length - 1][0]) - first || 1;
  const x = (year) => box.left + ((box.right - box.left) * (year - first)) / span;
  const y = (value) => box.top + ((box.bottom - box.top) * (high + room - value)) / (high - low + 2 * room);
  where.replaceChildren();
  const every = step(high - low || 1);
  for (let value = Math.ceil(low / every) * every; value <= high + every / 1e6; value += every) {
    if (small && value !== 0 && Math.abs(value) < Math.max(high, -low) / 1.5) continue;
    make(where, "line", { class: "grid", x1: box.left, x2: box.right, y1: y(value), y2: y(value) });
    make(where, "text", { x: box.left - 8, y: y(value) + 5, "text-anchor": "end" }).textContent = digits(value);
  }
  const gap = small ? span : Math.ceil(span / 7);
  for (let year = first; year <= first + span; year += gap) {
    make(where, "text", { x: x(year), y: box.bottom + 28, "text-anchor": "middle" }).textContent = String(year);
  }
  const band = (kind, under, over) => make(where, "polygon", { class: kind, points: [
    ...years.map(([year, quantiles]) => `${x(year)},${y(quantiles[over])}`),
    ...[...years].reverse().map(([year, quantiles]) => `${x(year)},${y(quantiles[under])}`),
  ].join(" ") });
  band("wide", 0, 4);
  band("narrow", 1, 3);
  const line = (kind, of) => make(where, "polyline", { class: kind, points: years.map((one) => `${x(one[0])},${y(of(one))}`).join(" ") });
  if (small) line("middle", ([, quantiles]) => quantiles[2]); else line("middle", ([, , mean]) => mean);
  make(where, "line", { class: "zero", x1: box.left, x2: box.right, y1: y(0), y2: y(0) });
  where.dataset.first = String(first);
  where.dataset.span = String(span);
};

const LARGE = { left: 80, right: 780, top: 20, bottom: 380 };
const SMALL = { left: 62, right: 240, top: 12, bottom: 112 };
const titleOf = (name) => [...form.elements.outcome.options].find((one) => one.value === name)?.textContent ?? name;

const draw = () => {
  const years = [...bands.values()].sort((one, other) => one.year - other.year);
  const last = Number(picture.dataset.last || 0);
  plot(picture, years.map((one) => [one.year, one.quantiles, one.mean]), last, LARGE, false);
  const pairs = [...new Set(years.map((one) => one.pairs))].join(" and ");
  make(picture, "text", { x: 780, y: 16, "text-anchor": "end" }).textContent = `${pairs} pairs`;
  const names = Object.keys(years[0].beside);
  if (beside.dataset.names !== names.join()) {
    beside.dataset.names = names.join();
    beside.replaceChildren(...names.map((name) => {
      const figure = document.createElement("figure");
      const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      svg.setAttribute("viewBox", "0 0 260 145");
      svg.setAttribute("aria-hidden", "true");
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = titleOf(name);
      button.addEventListener("click", () => { form.elements.outcome.value = name; ask(); });
      figure.append(svg, button);
      return figure;
    }));
  }
  names.forEach((name, nth) => plot(beside.children[nth].firstChild, years.map((one) => [one.year, one.beside[name], null]), last, SMALL, true));
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
  document.getElementById("what").textContent = `${titleOf(form.elements.outcome.value)}: first arm minus second`;
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

// a year of the curve is looked into with the question that the page asks
const into = (year) => { location.assign(`/year?${question()}&year=${year}`); };
look.addEventListener("submit", (event) => { event.preventDefault(); into(look.elements.year.value); });
picture.addEventListener("click", (event) => {
  const place = new DOMPoint(event.clientX, event.clientY).matrixTransform(picture.getScreenCTM().inverse());
  const share = (place.x - LARGE.left) / (LARGE.right - LARGE.left);
  if (!picture.dataset.span || share < -0.02 || share > 1.02) return;
  into(Number(picture.dataset.first) + Math.round(share * Number(picture.dataset.span)));
});

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
