// @ts-check
/** Starts the scenarios of the page: begin, go on where one stopped, start again; the last file of the bundle. */

/** Bring a rendered scenario to life. @param {HTMLElement} section @returns {Play} */
function startScenario(section) {
  const play = {
    slug: section.dataset.scenario || "",
    section,
    graph: JSON.parse(one(section, ".cap-data").textContent),
    parts: new Map(every(section, ".cap-scene, .cap-follow").map((part) => [part.dataset.scene || part.dataset.step, part])),
    transcript: make("ol", "cap-transcript"),
    tools: make("p", "cap-buttons cap-tools", makeButton("cap-restart", phrase("start_again"), () => begin(play, []))),
    path: [],
    standings: []
  };
  const offer = make("div", "cap-offer");
  one(section, ".cap-begin").hidden = true;
  one(section, ".cap-begin").after(offer);
  one(section, ".cap-scenes").hidden = true;
  one(section, ".cap-scenes").before(play.transcript, play.tools);
  [play.transcript, play.tools, offer, one(section, ".cap-debrief")].forEach((part) => {
    if (section.lang) part.lang = pageLang;
  });
  play.transcript.hidden = play.tools.hidden = true;
  closeDebrief(play);
  makeOffer(play);
  return play;
}

/** Offer to begin, or to go on with what is remembered. @param {Play} play */
function makeOffer(play) {
  const { section, graph } = play;
  const walk = walkOf(play);
  const path = walk && isPath(graph, walk.p) ? walk.p : [];
  const buttons = make("p", "cap-buttons");
  const offer = one(section, ".cap-offer");
  offer.textContent = "";
  if (walk && walk.d) {
    const earned = Math.min(walk.b || 0, graph.possible);
    offer.append(make("p", "cap-best", phrase("best_score", { earned, possible: graph.possible })));
  }
  if (path.length) {
    const again = makeButton("cap-restart", phrase("start_again"), () => begin(play, []));
    buttons.append(makeButton("cap-go", phrase("resume"), () => begin(play, path)), again);
  } else {
    buttons.append(makeButton("cap-go", one(section, ".cap-start").textContent, () => begin(play, [])));
  }
  offer.append(buttons);
}

/** Play from the start, along a path if there is one. @param {Play} play @param {string[]} path */
function begin(play, path) {
  one(play.section, ".cap-offer").hidden = true;
  play.transcript.textContent = "";
  play.transcript.hidden = false;
  play.path = [];
  play.standings = [startOf(play.graph)];
  addTurn(play);
  path.forEach((step) => take(play, step));
  arrive(play);
}

/** What is remembered of the scenario. @param {Play} play */
function walkOf({ slug }) {
  const kept = remembered();
  return kept && kept.scenarios[slug];
}

/** Keep the path, and the best marks of all endings, if the learner has asked for it. @param {Play} play */
function save(play) {
  if (!remembered()) return;
  const { slug, graph, path } = play;
  const { scene, marks } = standingOf(play);
  /** @type {Walk} */
  const walk = Object.assign({}, walkOf(play), { p: path.slice(0, MOST_IDS) });
  if (scene in graph.endings) Object.assign(walk, { d: 1, b: Math.max(marks, walk.b || 0) });
  remember({ scenarios: { [slug]: walk } });
}

function startScenarios() {
  const sections = every(document, "section.cap-scenario");
  const plays = sections.map(startScenario);
  document.addEventListener("cap-progress", () => {
    plays.forEach((play) => {
      if (play.transcript.hidden) makeOffer(play);
      else if (!walkOf(play)) save(play);
    });
  });
  if (one(document, "form.cap-question, section.cap-progress")) return; // the script of the exercises makes the panel
  const panel = make("section", "cap-progress");
  sections[sections.length - 1].after(panel);
  startPanel(panel, () => ({}), () => {});
  followStore();
}

startScenarios();
