// SPDX-License-Identifier: GPL-3.0-or-later
// One file on its way to the server over tus 1.0: starts where an earlier try ended, survives cut networks, can be
// paused. Knows no page; the panel tells people what it reports.
import { type DetailedError, Upload } from "tus-js-client";

const ENDPOINT = "/api/v1/uploads";
export const TUS_HEADERS = { "X-CSRF": "1" } as const;
const RETRY_DELAYS_MS = [0, 1_000, 3_000, 5_000, 10_000, 20_000, 30_000];

/** What a file is uploaded for. */
export interface Target {
  readonly lesson: string;
  /** "video": the lesson itself; "sign", "description": a file beside it. */
  readonly purpose: string;
  /** Of a signer: seconds at which it begins on the lesson's time line, as it was typed. */
  readonly offset: string;
}

/** An upload that the server still keeps for this lesson. */
export interface Unfinished {
  readonly id: string;
  readonly file: string;
  readonly length: number;
}

export interface TransferListener {
  progress(sent: number, total: number): void;
  /** Goes on from what the server has: `sent` bytes. */
  continuing(): void;
  retrying(): void;
  done(): void;
  /** `reason` is the server's sentence, or "" when it could not be reached. */
  failed(reason: string): void;
}

/** The server's sentence out of a problem document, or "". */
export function reasonOf(body: string | undefined): string {
  if (!body) return "";
  try {
    const problem = JSON.parse(body) as { detail?: unknown };
    return typeof problem.detail === "string" ? problem.detail : "";
  } catch {
    return "";
  }
}

export function uploadAddress(id: string): string {
  return `${ENDPOINT}/${encodeURIComponent(id)}`;
}

/** Ends an upload on the server. False when it could not be reached. */
export async function terminate(id: string): Promise<boolean> {
  try {
    const response = await fetch(uploadAddress(id), {
      method: "DELETE",
      credentials: "same-origin",
      headers: { ...TUS_HEADERS, "Tus-Resumable": "1.0.0" },
    });
    return response.ok || response.status === 404 || response.status === 410;
  } catch {
    return false;
  }
}

/** The same file chosen again: its name and its length are what the server was told. */
export function matching(file: File, unfinished: readonly Unfinished[]): Unfinished | undefined {
  return unfinished.find((upload) => upload.file === file.name && upload.length === file.size);
}

export class Transfer {
  private readonly upload: Upload;

  constructor(
    file: File,
    target: Target,
    private readonly unfinished: readonly Unfinished[],
    private readonly listener: TransferListener,
  ) {
    this.upload = new Upload(file, {
      endpoint: ENDPOINT,
      headers: { ...TUS_HEADERS },
      retryDelays: RETRY_DELAYS_MS,
      metadata: { filename: file.name, filetype: file.type || "application/octet-stream", ...target },
      fingerprint: (chosen) =>
        Promise.resolve(
          ["tongxing", target.lesson, target.purpose, chosen.name, chosen.size, chosen.lastModified].join("|"),
        ),
      removeFingerprintOnSuccess: true,
      onProgress: (sent, total) => {
        listener.progress(sent, total);
      },
      onSuccess: () => {
        listener.done();
      },
      onShouldRetry: (error) => this.mayRetry(error),
      onError: (error) => {
        const response = "originalResponse" in error ? error.originalResponse : null;
        listener.failed(reasonOf(response?.getBody()));
      },
    });
    this.file = file;
  }

  private readonly file: File;

  /** Begins, or goes on after a pause or a failure. */
  async start(): Promise<void> {
    if (!this.upload.url) {
      const known = matching(this.file, this.unfinished);
      const [previous] = await this.upload.findPreviousUploads();
      if (known) {
        this.upload.options.uploadUrl = uploadAddress(known.id);
        this.listener.continuing();
      } else if (previous) {
        this.upload.resumeFromPreviousUpload(previous);
        this.listener.continuing();
      }
    }
    this.upload.start();
  }

  async pause(): Promise<void> {
    await this.upload.abort();
  }

  /** Stops, and has the server forget what it has. */
  async cancel(): Promise<void> {
    await this.upload.abort(true);
  }

  private mayRetry(error: DetailedError): boolean {
    const status = error.originalResponse?.getStatus() ?? 0;
    // What the server refuses for good stays refused; a wrong offset (409) and a damaged piece (460) are mended by
    // asking it where it is.
    const refused = status >= 400 && status < 500 && status !== 409 && status !== 423 && status !== 460;
    if (refused || status === 507) return false;
    this.listener.retrying();
    return true;
  }
}
