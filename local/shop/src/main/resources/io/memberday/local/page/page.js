"use strict";
// Everything that comes from outside is put in as text, never as markup.

const main = document.getElementById("main");
const time = document.getElementById("time");
const moving = document.getElementById("moving");
const number = new Intl.NumberFormat("en");
let overview = {};
let drawing = 0;

function el(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key === "on") for (const [event, handler] of Object.entries(value)) made.addEventListener(event, handler);
    else if (value !== undefined && value !== null) made.setAttribute(key, value);
  }
  for (const child of children.flat()) {
    if (child !== undefined && child !== null) made.append(child instanceof Node ? child : String(child));
  }
  return made;
}
const quiet = (text) => el("p", { class: "quiet" }, text);
const chip = (text, kind) => el("span", { class: "chip " + (kind || "") }, text);
const cell = (content, kind) => el("td", { class: kind }, content);
const count = (value) => (value === null || value === undefined ? "–" : number.format(value));
// Times come in the store's zone: they are cut, never converted to the browser's.
const stamp = (iso) => (iso ? iso.slice(0, 16).replace("T", " ") : "–");

async function get(path) {
  const answer = await fetch(path, { headers: { Accept: "application/json" } });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.message || path + " answered " + answer.status);
  return body;
}

function table(headings, rows, none) {
  if (!rows.length) return quiet(none);
  return el("div", { class: "scroll" }, el("table", {},
    el("thead", {}, el("tr", {}, headings.map((h) => el("th", { class: h.startsWith("#") ? "n" : "" }, h.replace("#", ""))))),
    el("tbody", {}, rows)));
}

function bars(title, values, none) {
  const entries = Object.entries(values || {});
  const most = Math.max(1, ...entries.map(([, n]) => n));
  const bar = ([name, n]) => {
    const filled = el("i");
    filled.style.width = (100 * n) / most + "%";
    return el("div", { class: "bar" }, el("span", { title: name }, name), filled, el("b", {}, count(n)));
  };
  return el("section", { class: "card" }, el("h3", {}, title), entries.length ? entries.map(bar) : quiet(none || "Nobody yet."));
}

async function head() {
  overview = await get("/local/overview");
  document.getElementById("store").textContent = overview.store.name;
  time.textContent = stamp(overview.now);
  document.getElementById("zone").textContent = overview.weekday + " · " + overview.zone + (overview.nextMemberDay ? " · next member day " + stamp(overview.nextMemberDay) : "");
}

const views = {
  async overview() {
    await head();
    const counts = overview.counts;
    const card = ([label, value]) => el("div", { class: "card" }, el("div", { class: "figure" }, count(value)), el("div", { class: "label" }, label));
    return [
      el("div", { class: "cards" }, Object.entries(counts).map(card)),
      el("div", { class: "split" },
        bars("Layers 客户分层", overview.layers), bars("Tiers 会员等级", overview.tiers),
        bars("Stages 活跃 · 沉睡 · 流失", overview.stages), bars("Marketing consent", overview.consent),
        bars("Where members live", overview.countries), bars("Messages captured", overview.messages, "No message yet: move the clock to the next member day.")),
    ];
  },

  async members(query) {
    const chosen = query.get("id");
    const sought = query.get("q") || "";
    const found = await get("/local/members?q=" + encodeURIComponent(sought) + "&limit=" + (query.get("limit") || 100));
    const input = el("input", { type: "search", placeholder: "name, phone, city, gold, dormant, churned, refused …", value: sought, "aria-label": "search members" });
    const form = el("form", { class: "search", on: { submit: (event) => { event.preventDefault(); go("members", { q: input.value }); } } },
      input, el("button", {}, "Search"), el("span", { class: "small" }, count(found.total) + (sought ? " found" : " members") + (found.total > found.members.length ? ", " + found.members.length + " shown" : "")));
    const open = (m) => link("members", { q: sought, id: m.id });
    // The name is a link, for keyboards and new tabs; a click beside it opens the member, too.
    const row = (m) => el("tr", { class: "open", on: { click: (event) => { if (!event.target.closest("a")) location.hash = open(m); } } },
      cell([el("b", {}, el("a", { href: open(m) }, m.name || "(no name)")), el("br"), el("small", {}, m.id)]),
      cell([m.phone || "–", el("br"), el("small", {}, m.email || "–")]),
      cell([m.city || "–", el("br"), el("small", {}, m.country || "")]),
      cell([chip(m.tierName, m.core ? "gold" : ""), el("br"), chip(m.layer, "grey"), chip(m.stage, "grey")]),
      cell([count(m.purchases), el("br"), el("small", {}, m.amount)], "n"), cell(count(m.points), "n"),
      cell(m.tags.map((tag) => chip(tag))), cell(consents(m.consent)));
    const more = found.total > found.members.length ? el("p", { class: "more" }, el("a", { class: "button", href: link("members", { q: sought, limit: found.members.length * 5 }) }, "Show more")) : null;
    return [chosen ? await member(chosen, sought) : null, form,
      table(["Name", "Phone, email", "Place", "Tier, layer, stage", "#Purchases", "#Points", "Tags", "Marketing consent"], found.members.map(row),
        sought ? "Nobody is found for this." : "No members yet."), more];
  },

  async messages(query) {
    const channel = query.get("channel") || "sms";
    const sought = query.get("q") || "";
    const found = await get("/local/messages?channel=" + channel + "&q=" + encodeURIComponent(sought) + "&limit=" + (query.get("limit") || 60));
    const input = el("input", { type: "search", placeholder: "words of the message, phone, address, name …", value: sought, "aria-label": "search messages" });
    const tab = (key, label) => el("a", { class: "button", href: link("messages", { channel: key, q: sought }), "aria-current": String(key === channel) }, (key === channel ? "● " : "") + label);
    const form = el("form", { class: "search", on: { submit: (event) => { event.preventDefault(); go("messages", { channel, q: input.value }); } } },
      tab("sms", "SMS " + count(found.sms)), tab("email", "Email " + count(found.email)), input, el("button", {}, "Search"),
      el("span", { class: "small" }, count(found.total) + " found, newest first · captured, never delivered"));
    if (!found.messages.length) return [form, quiet(sought ? "No message is found for this." : "No message yet: move the clock to the next member day.")];
    const shown = channel === "sms" ? el("div", { class: "phones" }, phones(found.messages)) : found.messages.map(mail);
    const more = found.total > found.messages.length ? el("p", { class: "more" }, el("a", { class: "button", href: link("messages", { channel, q: sought, limit: found.messages.length * 4 }) }, "Show more")) : null;
    return [form, shown, more];
  },

  async runs() {
    const found = await get("/local/runs");
    return found.runs.length ? found.runs.map(run) : [quiet("No run yet. Member day is planned by its schedule: move the clock to it.")];
  },

  async exports() {
    const found = await get("/local/exports");
    return found.exports.length ? found.exports.map(one) : [quiet("No export yet. SegmentExportFunction writes them; the main job asks for one.")];
    function one(e) {
      const file = (f) => el("tr", {}, cell(el("a", { href: "/local/file?key=" + encodeURIComponent(f.key) }, f.name)), cell(f.format), cell(count(f.rows), "n"), cell(count(f.bytes), "n"),
        cell(f.same ? chip("as in the manifest") : chip("not as in the manifest", "red")), cell(el("code", {}, f.sha256)));
      return el("section", { class: "detail" }, el("h3", {}, "Segment " + e.segment), el("p", { class: "small" }, stamp(e.at) + " · by " + e.by + " · ", el("code", {}, e.expression)),
        el("p", {}, count(e.rows) + " members exported" + Object.entries(e.leftOut).map(([why, n]) => ", " + count(n) + " left out: " + why).join("")),
        table(["File", "Format", "#Rows", "#Bytes", "Check", "SHA-256"], e.files.map(file), "The manifest names no files."),
        el("p", { class: "more" }, el("a", { href: "/local/file?key=" + encodeURIComponent(e.key) }, "manifest")));
    }
  },
};

function consents(consent) {
  const kind = { yes: "", refused: "red", unknown: "grey" };
  return Object.entries(consent).map(([channel, said]) => chip(channel + " " + said, kind[said]));
}

async function member(id, sought) {
  const m = await get("/local/members/" + encodeURIComponent(id));
  const pair = ([key, value]) => [el("dt", {}, key), el("dd", {}, value)];
  const order = (o) => el("tr", {}, cell(o.at ? stamp(o.at) : "–", "fix"), cell(el("code", {}, o.key)), cell(o.state), cell(o.amount, "n"), cell(o.items));
  const activity = (a) => el("tr", {}, cell(stamp(a.at), "fix"), cell(el("code", {}, a.item)), cell(a.what));
  const touch = (t) => el("tr", {}, cell(stamp(t.at), "fix"), cell(t.what), cell(chip(t.state, t.state === "sent" ? "" : "grey")), cell(t.why));
  return el("section", { class: "detail" },
    el("div", { class: "search" }, el("h3", {}, m.name || m.id), el("a", { class: "button", href: link("members", { q: sought }) }, "close")),
    el("dl", {}, Object.entries(m.profile).flatMap(pair)),
    el("h2", {}, "Orders"), table(["Created", "Order", "State", "#Amount", "Goods"], m.orders.map(order), "No orders."),
    el("h2", {}, "Touches"), table(["When", "Touch", "Outcome", "Why"], m.touches.map(touch), "Never touched."),
    el("h2", {}, "Ledger and activity"), table(["When", "Row", "What"], m.activity.map(activity), "Nothing recorded."),
    el("h2", {}, "Messages"), m.messages.length ? [el("div", { class: "phones" }, phones(m.messages.filter((x) => x.channel === "sms"))), m.messages.filter((x) => x.channel === "email").map(mail)] : quiet("No message."));
}

function phones(messages) {
  const threads = new Map();
  for (const sms of messages) {
    if (!threads.has(sms.to)) threads.set(sms.to, []);
    threads.get(sms.to).unshift(sms);
  }
  return [...threads].map(([to, all]) => el("section", { class: "phone" }, el("div", { class: "who" }, all[0].name || to, el("small", {}, to)), all.map(bubble)));
}

function bubble(sms) {
  const at = sms.signature ? sms.text.lastIndexOf(sms.signature) : -1;
  const text = at < 0 ? [sms.text] : [sms.text.slice(0, at), el("span", { class: "sign" }, sms.signature), sms.text.slice(at + sms.signature.length)];
  return el("div", {}, el("div", { class: "stamp" }, stamp(sms.at)), el("div", { class: "bubble" }, text),
    el("div", { class: "under" }, sms.parts + (sms.parts === 1 ? " part" : " parts") + " · " + sms.kind));
}

function mail(m) {
  const done = el("span", { class: "small" });
  const leave = m.unsubscribe ? el("button", { on: { click: async () => {
    leave.disabled = true;
    try {
      // The link's own host may be named otherwise than this page's: it is the same server.
      const answer = await fetch(new URL(m.unsubscribe).pathname, { method: "POST", headers: { "Content-Type": "application/x-www-form-urlencoded" }, body: "List-Unsubscribe=One-Click" });
      done.textContent = answer.ok ? " unsubscribed: binds the very next message" : " answered " + answer.status;
    } catch (error) {
      done.textContent = " " + error.message;
    }
  } } }, "Unsubscribe") : null;
  return el("section", { class: "mail" },
    el("div", { class: "head" }, el("div", {}, el("div", { class: "subject" }, m.subject || "(no subject)"), el("div", { class: "small" }, m.from + " → " + (m.name ? m.name + " <" + m.to + ">" : m.to)), el("div", { class: "small" }, stamp(m.at))),
      el("div", {}, leave, done)),
    m.html ? el("iframe", { sandbox: "", src: "/local/messages/" + m.n + "/html", loading: "lazy", title: m.subject || "email" }) : el("pre", {}, m.text),
    m.html && m.text ? el("details", {}, el("summary", {}, "plain text part"), el("pre", {}, m.text)) : null);
}

function run(r) {
  const finished = r.finished ? chip("finished") : chip(r.state.toLowerCase() + (r.why ? ": " + r.why : ""), "gold");
  const figures = Object.entries(r.figures).map(([label, value]) => el("div", { class: "card" }, el("div", { class: "figure less" }, typeof value === "number" ? count(value) : value), el("div", { class: "label" }, label)));
  return el("section", { class: "detail" },
    el("div", { class: "search" }, el("h3", {}, r.id), finished, r.offer ? chip("offer " + r.offer, "gold") : null,
      ...r.reports.map((report) => el("a", { class: "button", href: "/local/file?key=" + encodeURIComponent(report.key), target: "_blank", rel: "noopener" }, report.name))),
    el("p", { class: "small" }, stamp(r.at) + " until " + stamp(r.until) + " · " + count(r.slices) + (r.slices === 1 ? " slice · " : " slices · ") + count(r.done) + " of " + count(r.batches) + " batches done"),
    el("div", { class: "sum" }, r.sum),
    el("div", { class: "cards" }, figures),
    el("div", { class: "split" }, bars("Outcomes", r.outcomes, "Nothing sent yet."), bars("Suppressed at the claim", r.suppressed, "Nobody."), bars("Left out at planning", r.excluded, "Nobody.")));
}

function link(view, parameters) {
  const kept = new URLSearchParams();
  for (const [key, value] of Object.entries(parameters || {})) if (value) kept.set(key, value);
  const query = kept.toString();
  return "#" + view + (query ? "?" + query : "");
}
function go(view, parameters) {
  location.hash = link(view, parameters);
}

async function draw() {
  const mine = ++drawing;
  const [name, query] = location.hash.slice(1).split("?");
  const view = views[name] ? name : "overview";
  for (const tab of document.querySelectorAll("nav a")) tab.classList.toggle("on", tab.getAttribute("href") === "#" + view);
  try {
    const content = await views[view](new URLSearchParams(query || ""));
    if (mine === drawing) main.replaceChildren(...content.flat().filter((part) => part));
  } catch (error) {
    if (mine === drawing) main.replaceChildren(el("p", { class: "problem" }, "This cannot be shown: " + error.message));
  }
}

async function move(order) {
  const buttons = document.querySelectorAll(".buttons button");
  buttons.forEach((button) => { button.disabled = true; });
  moving.textContent = "the clock moves; what is due on the way happens …";
  try {
    const answer = await fetch("/local/clock", { method: "POST", headers: { "Content-Type": "application/json", "X-Memberday-Local": "1" }, body: JSON.stringify(order) });
    const body = await answer.json();
    moving.textContent = answer.ok ? "" : body.message;
  } catch (error) {
    moving.textContent = error.message;
  }
  buttons.forEach((button) => { button.disabled = false; });
  await head();
  await draw();
}

for (const button of document.querySelectorAll(".buttons button")) {
  button.addEventListener("click", () => move(button.dataset.to ? { to: button.dataset.to } : { advance: button.dataset.advance }));
}
window.addEventListener("hashchange", draw);
head().catch((error) => { moving.textContent = error.message; }).then(draw);
