import { ConnectionLostError } from "../errors.js";
import { host } from "../platform.js";
/**
 * WebSocket: the given class, else the platform's own, else (Node before 22) the `ws` package, when it is installed.
 */
export function webSocketTransport(given) {
    const constructor = given ?? host.WebSocket;
    if (constructor !== undefined)
        return (url, events, protocols) => attach(open(constructor, url, protocols), events);
    return (url, events, protocols) => new LateSocket(importWs().then((loaded) => () => open(loaded, url, protocols)), events);
}
function open(constructor, url, protocols) {
    return (protocols.length === 0 ? new constructor(url) : new constructor(url, [...protocols]));
}
/** The specifier is put together at run time: a bundler must not look for `ws` when it builds for a browser. */
async function importWs() {
    const specifier = ["w", "s"].join("");
    try {
        const module = (await import(/* @vite-ignore */ /* webpackIgnore: true */ specifier));
        return module.WebSocket;
    }
    catch (cause) {
        throw new Error("this platform has no WebSocket: run `npm install ws`, use Node 22, or give the option `webSocket`", {
            cause,
        });
    }
}
/** RFC 6455, section 7.4.1: a message was too big. Servers send it without words. */
const TOO_BIG = 1009;
const TOO_BIG_WORDS = "a message of this client is larger than the server takes, which is 524288 bytes unless its setting " +
    "limits.max_message says otherwise";
function attach(socket, events) {
    let failure;
    socket.binaryType = "arraybuffer";
    socket.addEventListener("open", () => events.opened(socket.protocol));
    socket.addEventListener("message", ({ data }) => {
        if (data instanceof ArrayBuffer)
            events.message(new Uint8Array(data));
        else
            events.text();
    });
    socket.addEventListener("error", (event) => {
        failure = event;
    });
    socket.addEventListener("close", ({ code, reason }) => {
        const detail = reason !== "" ? reason : code === TOO_BIG ? TOO_BIG_WORDS : messageOf(failure);
        const why = `the connection was closed with code ${code}${detail === undefined ? "" : ` (${detail})`}`;
        events.closed(new ConnectionLostError(why, code, failure));
    });
    return {
        send: (bytes) => socket.send(bytes),
        close: () => socket.close(1000),
        // A browser cannot cut a connection. Without a code it is no goodbye: the server keeps the session for a while.
        terminate: () => (socket.terminate === undefined ? socket.close() : socket.terminate()),
    };
}
function messageOf(failure) {
    if (typeof failure !== "object" || failure === null || !("message" in failure))
        return undefined;
    return typeof failure.message === "string" && failure.message !== "" ? failure.message : undefined;
}
/** A socket whose class is still being loaded. */
class LateSocket {
    #socket;
    #closed = false;
    #events;
    constructor(loading, events) {
        this.#events = events;
        loading.then((make) => {
            if (this.#closed)
                return;
            try {
                this.#socket = attach(make(), events);
            }
            catch (error) {
                this.#fail(error);
            }
        }, (error) => this.#fail(error));
    }
    send(bytes) {
        this.#socket?.send(bytes);
    }
    close() {
        if (this.#socket !== undefined)
            this.#socket.close();
        else
            this.#fail(undefined);
    }
    terminate() {
        if (this.#socket !== undefined)
            this.#socket.terminate();
        else
            this.#fail(undefined);
    }
    #fail(cause) {
        if (this.#closed)
            return;
        this.#closed = true;
        if (cause instanceof Error)
            this.#events.impossible(cause);
        else
            this.#events.closed(new ConnectionLostError("the connection was closed before it was made"));
    }
}
