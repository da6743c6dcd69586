// SPDX-License-Identifier: GPL-3.0-or-later
// Four players that we did not write. `start` runs in the page with { video, url, wish } and gives what every test asks:
//   variants()   sizes of the pictures it may choose from      audio(), text()   its tracks, in its own words
//   errors       what it could not do                          hear(name), read(name)   takes a track
// `wish` is what a learner once chose and a program of ours would give it: { description: true }.

export const engines = {
  "hls.js": {
    script: "hls.js/dist/hls.min.js",
    manifests: ["master.m3u8"],
    start: async ({ video, url, wish }) => {
      const hls = new globalThis.Hls({
        maxBufferLength: 12,
        ...(wish.description && { audioPreference: { characteristics: "public.accessibility.describes-video" } }),
      });
      const errors = [];
      hls.on("hlsError", (_, error) => error.fatal && errors.push(`${error.type} ${error.details}`));
      let session;
      hls.on("hlsManifestParsed", (_, { sessionData }) => (session = sessionData));
      hls.loadSource(url);
      hls.attachMedia(video);
      const kindOf = (track) => [...video.textTracks].find((one) => one.label === track.name)?.kind;
      return {
        errors,
        variants: () => hls.levels.map(({ width, height }) => (height ? `${width}x${height}` : "sound")),
        audio: () =>
          hls.audioTracks.map((track, index) => ({
            name: track.name,
            lang: track.lang,
            kind: track.characteristics ?? "",
            active: index === hls.audioTrack,
          })),
        text: () => hls.allSubtitleTracks.map((track) => ({ name: track.name, lang: track.lang, kind: kindOf(track) })),
        hear: (name) => (hls.audioTrack = hls.audioTracks.findIndex((track) => track.name === name)),
        read: (name) => {
          hls.subtitleTrack = hls.subtitleTracks.findIndex((track) => track.name === name);
          hls.subtitleDisplay = true;
        },
        chapters: () => session?.["com.apple.hls.chapters"]?.URI,
      };
    },
  },
  "Shaka Player": {
    script: "shaka-player/dist/shaka-player.compiled.js",
    manifests: ["master.m3u8", "manifest.mpd"],
    start: async ({ video, url, wish }) => {
      globalThis.shaka.polyfill.installAll();
      const player = new globalThis.shaka.Player();
      await player.attach(video);
      const errors = [];
      player.addEventListener("error", ({ detail }) => detail.severity === 2 && errors.push(`shaka ${detail.code}`));
      // The same wish in the words of DASH and of HLS.
      const roles = ["description", "public.accessibility.describes-video"];
      if (wish.description) player.configure("preferredAudio", roles.map((role) => ({ language: "cmn", role })));
      player.configure("streaming.bufferingGoal", 12);
      try {
        await player.load(url);
      } catch (error) {
        errors.push(`shaka ${error.code} ${JSON.stringify(error.data)}`);
      }
      return {
        errors,
        variants: () => [...new Set(player.getVariantTracks().map(({ width, height }) => (height ? `${width}x${height}` : "sound")))],
        audio: () =>
          player.getAudioTracks().map((track) => ({
            name: track.label,
            lang: track.language,
            kind: [track.accessibilityPurpose, ...track.roles].join(" "),
            active: track.active,
          })),
        text: () =>
          player.getTextTracks().map((track) => ({ name: track.label, lang: track.language, kind: [track.kind, ...track.roles].join(" ") })),
        hear: (name) => player.selectAudioTrack(player.getAudioTracks().find((track) => track.label === name)),
        read: (name) => player.selectTextTrack(player.getTextTracks().find((track) => track.label === name)),
        chapters: async (language) => (await player.getChaptersAsync(language)).map((one) => [one.title, one.startTime, one.endTime]),
        thumbnails: () => player.getImageTracks().map((track) => [track.width, track.height]),
      };
    },
  },
  "dash.js": {
    script: "dashjs/dist/modern/umd/dash.all.min.js",
    manifests: ["manifest.mpd"],
    start: async ({ video, url, wish }) => {
      const player = globalThis.dashjs.MediaPlayer().create();
      const errors = [];
      player.on("error", ({ error }) => errors.push(`dash.js ${error.code} ${error.message}`));
      player.initialize(video, null, true);
      if (wish.description) {
        const accessibility = { schemeIdUri: "urn:tva:metadata:cs:AudioPurposeCS:2007", value: "1" };
        player.setInitialMediaSettingsFor("audio", { lang: "cmn", accessibility });
      }
      player.attachSource(url);
      const name = (track) => track.labels?.[0]?.text ?? "";
      const values = (list) => (list ?? []).map((one) => one.value).join(" ");
      return {
        errors,
        variants: () => player.getRepresentationsByType("video").map(({ width, height }) => `${width}x${height}`),
        audio: () =>
          player.getTracksFor("audio").map((track) => ({
            name: name(track),
            lang: track.lang,
            kind: `${values(track.roles)} ${(track.accessibility ?? []).map((one) => `${one.schemeIdUri}=${one.value}`).join(" ")}`,
            active: player.getCurrentTrackFor("audio")?.id === track.id,
          })),
        text: () => player.getTracksFor("text").map((track) => ({ name: name(track), lang: track.lang, kind: values(track.roles) })),
        hear: (wanted) => player.setCurrentTrack(player.getTracksFor("audio").find((track) => name(track) === wanted)),
        read: (wanted) => player.setTextTrack(player.getTracksFor("text").findIndex((track) => name(track) === wanted)),
        thumbnail: (time) => new Promise((done) => player.provideThumbnail(time, done)),
      };
    },
  },
  "video.js": {
    script: "video.js/dist/video.min.js",
    manifests: ["master.m3u8", "manifest.mpd"],
    start: async ({ video, url, wish }) => {
      const player = globalThis.videojs(video, {
        muted: true,
        // Without its style sheet it would think itself too small for any but the lowest rung.
        html5: { vhs: { overrideNative: true, limitRenditionByPlayerDimensions: false }, nativeAudioTracks: false, nativeTextTracks: false },
      });
      const errors = [];
      player.on("error", () => errors.push(`video.js ${player.error()?.code} ${player.error()?.message}`));
      const list = (tracks) => Array.from({ length: tracks.length }, (_, i) => tracks[i]);
      const take = (wanted) => list(player.audioTracks()).find(wanted).enabled = true;
      // It has no wish of its own: a program looks for the kind once the tracks are there, and with DASH, where every
      // second sound is "alternative" to this player, for the name.
      const described = (track) => track.kind === "main-desc" || (track.kind === "alternative" && track.label.includes("口述影像"));
      if (wish.description) player.on("loadedmetadata", () => take(described));
      player.src({ src: url, type: url.endsWith(".mpd") ? "application/dash+xml" : "application/vnd.apple.mpegurl" });
      player.play();
      const spoken = () => list(player.textTracks()).filter((track) => ["subtitles", "captions"].includes(track.kind));
      return {
        errors,
        variants: () =>
          (player.tech(true).vhs?.playlists.main.playlists ?? []).map(({ attributes: { RESOLUTION: size } }) =>
            size ? `${size.width}x${size.height}` : "sound"),
        audio: () =>
          list(player.audioTracks()).map((track) => ({ name: track.label, lang: track.language, kind: track.kind, active: track.enabled })),
        text: () => spoken().map((track) => ({ name: track.label, lang: track.language, kind: track.kind })),
        hear: (name) => take((track) => track.label === name),
        read: (name) => {
          for (const track of spoken()) track.mode = track.label === name ? "showing" : "disabled";
        },
        tracks: () => player.textTracks(),
      };
    },
  },
};
