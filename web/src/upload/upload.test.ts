// SPDX-License-Identifier: GPL-3.0-or-later
import { beforeEach, expect, test, vi } from "vitest";
import { meanPercent, offerPreview, renditionLabel, showAssetState } from "../modules/asset-progress";
import { readAssetState } from "./asset-watch";
import { readUnfinished, UploadPanel } from "./panel";
import { percentOf, sizeText, Tens } from "./sizes";
import { matching, reasonOf } from "./transfer";

const t = (key: string, values?: object): string => (values ? `${key} ${JSON.stringify(values)}` : key);

beforeEach(() => {
  document.body.innerHTML = "";
});

test("every tenth percent is said once, also when some are jumped over", () => {
  const tens = new Tens();
  const said = [0, 5, 9, 10, 11, 19, 45, 49, 50, 50, 100].filter((percent) => tens.reached(percent));
  expect(said).toEqual([10, 45, 50, 100]);
});

test("a hundred percent means everything", () => {
  expect(percentOf(999, 1000)).toBe(99);
  expect(percentOf(1000, 1000)).toBe(100);
  expect(percentOf(0, 0)).toBe(0);
  expect(sizeText(12_340_000)).toBe("12.3 MB");
  expect(sizeText(2_500_000_000)).toBe("2.5 GB");
});

test("the same file again goes on with its own upload only", () => {
  const unfinished = [{ id: "u1", file: "课.mp4", length: 3 }];
  expect(matching(new File(["abc"], "课.mp4"), unfinished)?.id).toBe("u1");
  expect(matching(new File(["abcd"], "课.mp4"), unfinished)).toBeUndefined();
  expect(matching(new File(["abc"], "other.mp4"), unfinished)).toBeUndefined();
});

test("the server's sentence is taken from its problem document", () => {
  expect(reasonOf('{"detail":"硬盘满了"}')).toBe("硬盘满了");
  expect(reasonOf("<html>")).toBe("");
  expect(reasonOf(undefined)).toBe("");
});

test("states of an asset are read leniently", () => {
  expect(readAssetState("nonsense")).toBeUndefined();
  expect(readAssetState('{"event":"waiting","state":"UPLOADED"}')).toEqual({
    state: "UPLOADED",
    renditions: [],
    playable: false,
  });
  const state = readAssetState(
    '{"state":"TRANSCODING","progress":{"renditions":[{"name":"v360","permille":500,"done":false},{"name":"a","permille":900,"done":true}]}}',
  )!;
  expect(state.renditions.map((one) => one.permille)).toEqual([500, 1000]);
  expect(meanPercent(state)).toBe(75);
});

test("bars appear with their names and follow", () => {
  const root = document.createElement("div");
  document.body.append(root);
  vi.stubGlobal("CSS", { escape: (text: string) => text });
  const at = (permille: number) => ({
    state: "TRANSCODING",
    renditions: [{ name: "v360", permille, done: false }],
    playable: false,
  });
  showAssetState(root, at(100), t);
  showAssetState(root, at(420), t);
  expect(root.querySelectorAll("progress")).toHaveLength(1);
  expect(root.querySelector("progress")!.value).toBe(420);
  expect(root.querySelector("label")!.htmlFor).toBe("rendition-v360");
  expect(document.getElementById("rendition-v360-text")!.textContent).toContain("42");
});

test("what can be watched already is offered once, where the page says where", () => {
  const root = document.createElement("div");
  expect(offerPreview(root, t)).toBe(false);
  root.dataset["preview"] = "/teach/lessons/l1/preview";
  expect(offerPreview(root, t)).toBe(true);
  expect(offerPreview(root, t)).toBe(false);
  expect([...root.querySelectorAll("a")].map((link) => link.getAttribute("href"))).toEqual([
    "/teach/lessons/l1/preview",
  ]);
  expect(readAssetState('{"state":"TRANSCODING","progress":{"playable":true}}')?.playable).toBe(true);
});

test("renditions have the names that people use", () => {
  const said = (key: string, args?: Record<string, string | number>) => `${key} ${args?.["name"] ?? ""}`.trim();
  expect(renditionLabel("v480", said)).toBe("rendition 480p");
  expect(renditionLabel("a-cmn", said)).toBe("rendition_sound");
  expect(renditionLabel("sign", said)).toBe("rendition sign");
});

test("without a file nothing starts, and the field gets the focus", () => {
  const root = document.createElement("div");
  document.body.append(root);
  new UploadPanel(root, t, [], () => undefined);
  root.querySelector<HTMLButtonElement>(".button--primary")!.click();
  expect(root.querySelector("#upload-status")!.textContent).toBe("none_chosen");
  expect(document.activeElement).toBe(root.querySelector("input"));
});

test("a failure with a reason lets choose again, one without offers to resume", () => {
  const root = document.createElement("div");
  document.body.append(root);
  const panel = new UploadPanel(root, t, [], () => undefined);
  const visible = () => [...root.querySelectorAll("button")].filter((one) => !one.hidden).map((one) => one.textContent);
  panel.failed("");
  expect(visible()).toEqual(["resume", "cancel"]);
  panel.failed("满了");
  expect(visible()).toEqual(["start"]);
  expect(root.querySelector("#upload-status")!.textContent).toContain("满了");
});

test("unfinished uploads of the page are known and can be ended", async () => {
  const root = document.createElement("div");
  root.innerHTML = `<ul><li data-upload="u1" data-file="a.mp4" data-length="7">…</li></ul>`;
  document.body.append(root);
  const fetched = vi.fn(() => Promise.resolve({ ok: true, status: 204 }));
  vi.stubGlobal("fetch", fetched);
  vi.stubGlobal("confirm", () => true);
  const unfinished = readUnfinished(root, t);
  expect(unfinished).toEqual([{ id: "u1", file: "a.mp4", length: 7 }]);
  root.querySelector("button")!.click();
  await vi.waitFor(() => {
    expect(root.querySelector("li")).toBeNull();
  });
  expect(fetched).toHaveBeenCalledWith("/api/v1/uploads/u1", expect.objectContaining({ method: "DELETE" }));
  expect(unfinished).toEqual([]);
});

test("a signer's panel asks how the signer lies against the lesson, and clashes with no other panel", () => {
  const root = document.createElement("div");
  Object.assign(root.dataset, { purpose: "sign", offset: "-0.8", choose: "选择手语视频文件" });
  const video = document.createElement("div");
  document.body.append(video, root);
  new UploadPanel(video, t, [], () => undefined);
  new UploadPanel(root, t, [], () => undefined);
  const offset = root.querySelector<HTMLInputElement>("#sign-upload-offset")!;
  expect(offset.value).toBe("-0.8");
  expect(root.querySelector(`#${offset.getAttribute("aria-describedby")!}`)!.textContent).toBe("offset_hint");
  expect(root.querySelector('label[for="sign-upload-file"]')!.textContent).toBe("选择手语视频文件");
  expect(video.querySelector("input[type=text]")).toBeNull();
  const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
  expect(new Set(ids).size).toBe(ids.length);
});
