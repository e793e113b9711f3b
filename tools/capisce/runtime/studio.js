// @ts-check
/** Lets a learner hear a turn and record their rendition of it; nothing recorded leaves the page's memory. */

const LONGEST = 120000;
const synth = window.speechSynthesis;
const canRecord = !!(navigator.mediaDevices && navigator.mediaDevices.getUserMedia && window.MediaRecorder);

/** @type {(() => void) | null} */
let stopRecording = null;

/** Find a voice of the page's language that speaks on this device; one that sends text elsewhere is never used. */
function localVoice() {
  const voices = synth ? synth.getVoices() : [];
  return voices.find(({ lang, localService }) => localService && lang.slice(0, 2).toLowerCase() === pageLang.slice(0, 2));
}

/** @param {HTMLElement} segment */
function startSegment(segment) {
  const studio = one(segment, ".cap-studio");
  const state = make("p", "cap-state");
  const buttons = make("p", "cap-buttons");
  state.setAttribute("role", "status");
  if (segment.dataset.audio) {
    const sound = make("audio", "");
    sound.controls = true;
    sound.preload = "none";
    sound.src = segment.dataset.audio;
    sound.setAttribute("aria-label", phrase("listen"));
    studio.append(sound);
  } else if (synth) {
    const listen = makeButton("cap-listen", phrase("listen"), () => speak(segment));
    const offer = () => (listen.hidden = !localVoice());
    buttons.append(listen);
    offer();
    if (synth.addEventListener) synth.addEventListener("voiceschanged", offer); // voices come late in some browsers
  }
  if (canRecord) startRecorder(studio, buttons, state);
  studio.append(buttons, state);
  studio.hidden = false;
}

/** Say a turn with a voice of this device, or stop saying it. @param {HTMLElement} segment */
function speak(segment) {
  const speaking = synth.speaking;
  synth.cancel();
  const voice = localVoice();
  if (speaking || !voice) return;
  const utterance = new SpeechSynthesisUtterance(one(segment, ".cap-says").textContent);
  utterance.voice = voice;
  utterance.lang = voice.lang;
  synth.speak(utterance);
}

/** @param {HTMLElement} studio @param {HTMLElement} buttons @param {HTMLElement} state */
function startRecorder(studio, buttons, state) {
  const record = makeButton("cap-record", phrase("record"), () => (stopRecording ? stopRecording() : begin()));
  const mine = make("div", "cap-mine");
  buttons.append(record);
  studio.append(mine);

  function clear() {
    const sound = one(mine, "audio");
    if (sound) URL.revokeObjectURL(sound.src);
    mine.textContent = "";
  }

  /** @param {Blob} recorded */
  function offer(recorded) {
    clear();
    const sound = make("audio", "");
    sound.controls = true;
    sound.src = URL.createObjectURL(recorded);
    sound.setAttribute("aria-label", phrase("my_recording"));
    const remove = makeButton("cap-delete", phrase("delete_recording"), () => {
      clear();
      state.textContent = phrase("recording_deleted");
      record.focus();
    });
    mine.append(make("p", "cap-label", phrase("my_recording")), sound, remove);
    state.textContent = phrase("recording_local");
  }

  async function begin() {
    if (synth) synth.cancel();
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch (refused) {
      state.textContent = phrase("microphone_refused");
      return;
    }
    const recorder = new MediaRecorder(stream);
    /** @type {Blob[]} */
    const pieces = [];
    const latest = setTimeout(() => stopRecording && stopRecording(), LONGEST);
    recorder.addEventListener("dataavailable", ({ data }) => pieces.push(data));
    recorder.addEventListener("stop", () => {
      clearTimeout(latest);
      stream.getTracks().forEach((track) => track.stop());
      stopRecording = null;
      record.textContent = phrase("record");
      offer(new Blob(pieces, { type: recorder.mimeType }));
    });
    stopRecording = () => recorder.state !== "inactive" && recorder.stop();
    record.textContent = phrase("stop");
    state.textContent = phrase("recording");
    recorder.start();
  }
}

every(document, ".cap-segment").forEach(startSegment);
addEventListener("pagehide", () => {
  if (synth) synth.cancel();
  if (stopRecording) stopRecording();
});
