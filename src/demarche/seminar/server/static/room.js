// Better with a script: news without a reload, a running clock. Every form works without it.
const main = () => document.getElementById("main");
const kind = main().dataset.live;
// delegations are told of closings and words, not of every move of others
// and who waits for an answer of its own is told of everything
const newestOf = (told) => (kind === "seat" && !main().dataset.waiting ? told.news : told.version);
let version = newestOf(main().dataset);
let touched = false;

const tick = () => {
  const clock = document.querySelector(".clock");
  if (!clock) return;
  const left = Math.max(Number(clock.dataset.seconds) - 1, 0);
  clock.dataset.seconds = String(left);
  clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
};

const swap = async () => {
  const answer = await fetch(location.pathname + location.search, { headers: { accept: "text/html" } });
  if (!answer.ok) throw new Error(answer.statusText);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("main");
  const before = document.getElementById("phase")?.textContent;
  main().replaceWith(document.adoptNode(fresh));
  version = newestOf(fresh.dataset);
  touched = false;
  const phase = document.getElementById("phase");
  if (phase && phase.textContent !== before) phase.focus();
};

// one look at a time, so that an older page never takes the place of a newer one; what fails is tried again
let looking = false;
let again = false;
const look = async () => {
  if (looking) { again = true; return; }
  looking = true;
  again = false;
  try { await swap(); } catch { setTimeout(look, 1000 + Math.random() * 1000); }
  looking = false;
  if (again) look();
};

const offer = () => {
  if (document.querySelector(".news")) return;
  const note = document.createElement("p");
  note.className = "news";
  note.setAttribute("role", "status");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "There is news: show it";
  button.addEventListener("click", look);
  note.append(button);
  main().prepend(note);
};

// what somebody is filling in is never taken away
const heard = (newest) => {
  if (newest === version) return;
  if (touched) offer(); else look();
};

// a room that does not answer takes nothing: the page says so, and keeps what was filled in until it is back
let gone = false;
const reach = (there) => {
  gone = !there;
  const note = document.querySelector(".gone");
  if (there) note?.remove();
  if (there || note) return;
  const told = document.createElement("p");
  told.className = "news gone";
  told.setAttribute("role", "status");
  told.textContent = "The room does not answer. What you fill in stays on this page; send it when this line is gone.";
  document.body.prepend(told);
};

const poll = async () => {
  try {
    const answer = await fetch("/state");
    reach(true);
    if (answer.ok) heard(newestOf(await answer.json()));
  } catch { reach(false); /* the next one will tell */ }
};

if (kind) {
  document.addEventListener("input", () => { touched = true; });
  document.addEventListener("submit", (event) => { if (gone) event.preventDefault(); });
  setInterval(tick, 1000);
  let polling = 0;
  const listen = () => {
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/live`);
    socket.addEventListener("open", () => { clearInterval(polling); polling = 0; reach(true); });
    socket.addEventListener("message", (event) => heard(newestOf(JSON.parse(event.data))));
    socket.addEventListener("close", () => {
      if (!polling) { polling = setInterval(poll, 2000); poll(); }
      setTimeout(listen, 2000 + Math.random() * 2000);
    });
  };
  listen();
}
