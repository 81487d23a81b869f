import { createServer, type Server } from "node:http";
import { type AddressInfo } from "node:net";
import type { Browser } from "playwright-core";
import { launchBrowser } from "../browser.js";

/** A web server with one page and scripts, `/script.js` and others, and a browser to look at them. */
export class TestSite {
  readonly #server: Server;
  readonly browser: Browser;

  private constructor(server: Server, browser: Browser) {
    this.#server = server;
    this.browser = browser;
  }

  /** @param others by path. */
  static async start(script: string, others: Readonly<Record<string, string>> = {}): Promise<TestSite> {
    const scripts = new Map(Object.entries({ "/script.js": script, ...others }));
    const server = createServer((request, response) => {
      const found = scripts.get(request.url ?? "");
      response.setHeader("content-type", found === undefined ? "text/html" : "text/javascript");
      response.end(found ?? '<!doctype html><title>page</title><div id="root"></div>');
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new TestSite(server, await launchBrowser());
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
