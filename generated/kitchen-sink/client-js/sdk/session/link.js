import { ConnectionLostError } from "../errors.js";
import { encodeMessage, readHandshake, readServerFrame, WireError, writeHandshake } from "../wire.js";
import { Fifo } from "./fifo.js";
import { answers } from "./request.js";
/** Answered by a text frame outside of the order of answers, by every server of hetu.1. */
const SIGN_OF_LIFE = encodeMessage(["motd"]);
/**
 * One WebSocket connection from dialling to its end: handshake, requests and their answers in order, keep-alive.
 */
export class Link {
    #socket;
    #events;
    #settings;
    #inFlight = new Fifo();
    #state = "dialling";
    #timer;
    #lastHeard = 0;
    #asked = false;
    /** @throws what the transport throws: there is no use in trying again. */
    constructor(url, settings, events) {
        this.#events = events;
        this.#settings = settings;
        this.#timer = settings.clock.setTimeout(() => this.#lose(`no connection within ${settings.connectTimeoutMs} ms`), settings.connectTimeoutMs);
        try {
            this.#socket = settings.transport(url, {
                opened: () => this.#shakeHands(),
                message: (bytes) => this.#read(bytes),
                text: () => this.#heard(),
                closed: (reason) => this.#end(reason),
                impossible: (error) => {
                    this.#close();
                    events.impossible(error);
                },
            });
        }
        catch (error) {
            settings.clock.clearTimeout(this.#timer);
            throw error;
        }
    }
    /** Whether another request may be sent now. */
    get hasRoom() {
        return this.#state === "open" && this.#inFlight.length < this.#settings.maxInFlight;
    }
    /** Sends it whether there is room or not. On a lost link it does nothing: `lost` has told, or will. */
    request(request) {
        if (this.#state !== "open")
            return;
        this.#inFlight.push(request);
        this.#socket.send(request.frame());
        request.sent();
    }
    /** Sends a frame that has no answer. */
    send(frame) {
        if (this.#state === "open")
            this.#socket.send(frame);
    }
    /** Ends the link from this side; `lost` is called before this returns. */
    close(why) {
        this.#end(new ConnectionLostError(why, 1000));
        this.#socket.close();
    }
    #shakeHands() {
        if (this.#state !== "dialling")
            return;
        this.#state = "shaking hands";
        this.#socket.send(writeHandshake([]));
    }
    #read(bytes) {
        if (this.#state === "lost")
            return;
        try {
            if (this.#state === "open")
                this.#take(readServerFrame(bytes));
            else
                this.#finishHandshake(bytes);
        }
        catch (error) {
            if (!(error instanceof WireError))
                throw error;
            this.#lose(`the server sent something that is not hetu.1: ${error.message}`);
        }
        this.#heard();
    }
    #finishHandshake(bytes) {
        const layers = readHandshake(bytes).length;
        if (layers > 0)
            throw new WireError(`its handshake has ${layers} more layers than the jsonb that this client speaks`);
        this.#state = "open";
        this.#settings.clock.clearTimeout(this.#timer);
        this.#lastHeard = this.#settings.clock.now();
        this.#watch();
        this.#events.opened();
    }
    #take(frame) {
        switch (frame.kind) {
            case "updt":
            case "evt":
                this.#events.pushed(frame);
                return;
            case "other":
                return;
            default: {
                const request = this.#inFlight.shift();
                if (request === undefined || !answers(frame, request)) {
                    throw new WireError(`an answer ${frame.kind} where ${request?.answer ?? "none"} was expected`);
                }
                request.answered(frame);
                this.#events.roomMade();
            }
        }
    }
    #heard() {
        this.#lastHeard = this.#settings.clock.now();
        this.#asked = false;
    }
    /** One timer at a time: it looks whether the server has been silent, asks for a sign of life, then gives up. */
    #watch() {
        const { clock, keepAliveMs, keepAliveTimeoutMs } = this.#settings;
        if (keepAliveMs === Infinity)
            return;
        const silence = clock.now() - this.#lastHeard;
        if (silence < keepAliveMs) {
            this.#timer = clock.setTimeout(() => this.#watch(), keepAliveMs - silence);
        }
        else if (this.#asked) {
            this.#lose(`the server has been silent for ${Math.round(silence)} ms`);
        }
        else {
            this.#asked = true;
            this.#socket.send(SIGN_OF_LIFE);
            this.#timer = clock.setTimeout(() => this.#watch(), keepAliveTimeoutMs);
        }
    }
    #lose(why) {
        this.#end(new ConnectionLostError(why));
        this.#socket.terminate();
    }
    #end(reason) {
        if (this.#close())
            this.#events.lost(reason, this.#inFlight.drain());
    }
    /** @returns whether it was open. */
    #close() {
        if (this.#state === "lost")
            return false;
        this.#state = "lost";
        this.#settings.clock.clearTimeout(this.#timer);
        return true;
    }
}
