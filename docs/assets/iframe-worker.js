// Lets the theme's search run from file://, where browsers refuse workers: a hidden frame
// does the work instead. After the idea of the npm package iframe-worker (which the theme
// would load from another host, and which needs inline scripts); the theme looks for that
// name, in the file and in `window.IFrameWorker`.
(function () {
  "use strict";
  if (location.protocol !== "file:") return;

  class FrameWorker extends EventTarget {
    constructor(path) {
      super();
      const frame = document.createElement("iframe");
      frame.hidden = true;
      document.body.appendChild(frame);
      this.window = frame.contentWindow;
      const inside = this.window.document;
      inside.open();
      inside.write("<!doctype html><title>Search</title><body><script src=\"" + new URL(path, location.href) + "\"><\/script>");
      inside.close();
      this.window.postMessage = (data) => this.say(data);
      this.window.importScripts = (...paths) => paths.reduce((before, next) => before.then(() => load(inside, next)), Promise.resolve());
      this.ready = new Promise((done) => { this.window.onload = done; });
    }

    /** What the frame says, as a worker would say it: later, and as a copy. */
    say(data) {
      setTimeout(() => {
        const event = new MessageEvent("message", { data: structuredClone(data) });
        this.dispatchEvent(event);
        if (this.onmessage) this.onmessage(event);
      });
    }

    postMessage(data) {
      this.ready.then(() => this.window.dispatchEvent(new MessageEvent("message", { data: structuredClone(data) })));
    }
  }

  function load(inside, path) {
    return new Promise((done) => {
      const script = inside.createElement("script");
      script.src = path;
      script.onload = done;
      inside.body.appendChild(script);
    });
  }

  window.IFrameWorker = window.Worker = FrameWorker;
})();
