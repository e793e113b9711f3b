// @ts-check
/** Lets a partner's film stop where a stage of the walk-through ends, and play on from there. */

/** @param {HTMLElement} section */
function startFilm(section) {
  const film = one(section, ".cap-film video");
  const { stages, cues } = JSON.parse(one(section, ".cap-stage ~ .cap-data").textContent);
  const starts = Object.keys(stages).map((id) => stages[id]);
  let stop = Infinity;
  every(section, ".cap-stage").forEach((stage) => {
    const start = stages[stage.dataset.stage];
    const watch = makeButton("cap-watch", phrase("watch_stage"), () => {
      film.currentTime = start;
      film.play();
      film.focus();
    });
    one(stage, ".cap-stage-title").after(make("p", "cap-buttons", watch));
  });
  film.addEventListener("play", () => {
    stop = Math.min(...starts.filter((start) => start > film.currentTime + 0.5), Infinity);
  });
  film.addEventListener("seeked", () => {
    stop = Math.min(...starts.filter((start) => start > film.currentTime + 0.5), Infinity);
  });
  film.addEventListener("timeupdate", () => {
    if (film.paused || film.currentTime < stop) return;
    film.pause();
    const ended = Object.keys(stages)[starts.indexOf(stop) - 1];
    const heading = one(section, '[data-stage="' + ended + '"] .cap-stage-title');
    announce(phrase("film_stopped"));
    if (heading) heading.focus();
  });
  if (location.protocol === "file:" && film.addTextTrack) addCues(film, cues);
}

/** Add the captions from the page, where a browser may not read files. @param {*} film @param {[number, number, string][]} cues */
function addCues(film, cues) {
  every(film, "track").forEach((track) => track.remove());
  const track = film.addTextTrack("captions", phrase("captions"), pageLang);
  track.mode = "showing";
  cues.forEach(([start, end, text]) => track.addCue(new VTTCue(start, end, text)));
}

every(document, ".cap-walkthrough").forEach((section) => {
  if (!one(section, ".cap-film")) return;
  document.body.append(announcer);
  startFilm(section);
});
