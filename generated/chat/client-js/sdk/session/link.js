import { ConnectionLostError, SchemaMismatchError } from "../errors.js";
import { WireError } from "../wire.js";
import { Fifo } from "./fifo.js";
import { LayerHandshake, LAYERS_REFUSED } from "./layer-handshake.js";
import { negotiate, protocolMemory } from "./negotiation.js";
import { answers } from "./request.js";
/**
 * One WebSocket connection from dialling to its end: handshake, requests and their answers in order, keep-alive.
 */
export class Link {
    #socket;
    #events;
    #settings;
    #inFlight = new Fifo();
    #state = "dialling";
    #handshake;
    #protocol;
    #timer;
    #lastHeard = 0;
    #asked = false;
    /** @throws what the transport throws: there is no use in trying again. */
    constructor(url, settings, makeProtocol, events) {
        this.#events = events;
        this.#settings = settings;
        this.#timer = settings.clock.setTimeout(() => this.#tooLate(), settings.connectTimeoutMs);
        try {
            this.#socket = negotiate(settings.transport, url, settings.protocols, protocolMemory, {
                opened: (name) => this.#shakeHands(makeProtocol(name)),
                message: (bytes) => this.#read(bytes),
                text: () => this.#heard(),
                closed: (reason) => this.#end(this.#handshake?.explain(reason, this.#state === "shaking hands") ?? reason),
                impossible: (error) => this.#giveUp(error),
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
        if (this.#state !== "open" || this.#protocol === undefined)
            return;
        let frame;
        try {
            frame = request.frame(this.#protocol);
        }
        catch (error) {
            if (!(error instanceof SchemaMismatchError))
                throw error;
            // Later: who asks may not have seen that it was asked for yet.
            void Promise.resolve().then(() => request.unsendable(error));
            return;
        }
        this.#inFlight.push(request);
        this.#send(frame);
        request.sent();
    }
    /** Sends a frame that has no answer. */
    tell(write) {
        if (this.#state === "open" && this.#protocol !== undefined)
            this.#send(write(this.#protocol));
    }
    /** Ends the link from this side; `lost` is called before this returns. */
    close(why) {
        this.#end(new ConnectionLostError(why, 1000));
        this.#socket.close();
    }
    #send(message) {
        this.#socket.send(this.#handshake?.stack.encode(message) ?? message);
    }
    #shakeHands(protocol) {
        if (this.#state !== "dialling")
            return;
        try {
            this.#handshake = new LayerHandshake(this.#settings.layers[protocol.name]);
            this.#protocol = protocol;
            this.#state = "shaking hands";
            this.#socket.send(this.#handshake.hello());
            // Without layers to wait for, the session's beginning goes along.
            if (this.#handshake.isEmpty)
                this.#sendHello(protocol);
        }
        catch (error) {
            this.#socket.terminate();
            this.#giveUp(error instanceof Error ? error : new Error(String(error)));
        }
    }
    #sendHello(protocol) {
        const hello = protocol.hello();
        if (hello !== undefined)
            this.#send(hello);
    }
    #read(bytes) {
        if (this.#state === "lost")
            return;
        const [handshake, protocol] = [this.#handshake, this.#protocol];
        if (handshake === undefined || protocol === undefined)
            return;
        try {
            if (this.#state === "shaking hands")
                this.#finishHandshake(handshake, protocol, bytes);
            else
                for (const message of protocol.read(handshake.stack.decode(bytes)))
                    this.#take(protocol, message);
        }
        catch (error) {
            if (!isWireError(error))
                throw error;
            this.#lose(`the server sent something that is not ${protocol.name}: ${error.message}`);
        }
        this.#heard();
    }
    #finishHandshake(handshake, protocol, bytes) {
        const refusal = handshake.finish(bytes);
        if (refusal !== undefined) {
            this.#lose(refusal, LAYERS_REFUSED);
            return;
        }
        this.#state = "beginning";
        if (!handshake.isEmpty)
            this.#sendHello(protocol);
        if (protocol.name === "hetu.1")
            this.#begin(protocol);
    }
    #begin(protocol) {
        this.#state = "open";
        this.#settings.clock.clearTimeout(this.#timer);
        this.#lastHeard = this.#settings.clock.now();
        this.#watch(protocol);
        this.#events.opened(protocol);
    }
    #take(protocol, message) {
        // A message may hold several; a handler of an earlier one may have closed the client.
        if (this.#state === "lost")
            return;
        switch (message.kind) {
            case "welcome":
                this.#begin(protocol);
                return;
            case "updated":
            case "event":
                this.#events.pushed(message);
                return;
            case "other":
                return;
            default: {
                const request = this.#inFlight.shift();
                if (request === undefined || !answers(message, request)) {
                    throw new WireError(`an answer ${message.kind} where ${request?.answer ?? "none"} was expected`);
                }
                request.answered(message);
                this.#events.roomMade();
            }
        }
    }
    #heard() {
        this.#lastHeard = this.#settings.clock.now();
        this.#asked = false;
    }
    /** One timer at a time: it looks whether the server has been silent, asks for a sign of life, then gives up. */
    #watch(protocol) {
        const { clock, keepAliveMs, keepAliveTimeoutMs } = this.#settings;
        if (keepAliveMs === Infinity)
            return;
        const silence = clock.now() - this.#lastHeard;
        if (silence < keepAliveMs) {
            this.#timer = clock.setTimeout(() => this.#watch(protocol), keepAliveMs - silence);
        }
        else if (this.#asked) {
            this.#lose(`the server has been silent for ${Math.round(silence)} ms`);
        }
        else {
            this.#asked = true;
            this.#send(protocol.signOfLife());
            this.#timer = clock.setTimeout(() => this.#watch(protocol), keepAliveTimeoutMs);
        }
    }
    #tooLate() {
        const { connectTimeoutMs } = this.#settings;
        const isSilent = this.#state === "shaking hands" && this.#handshake !== undefined;
        this.#lose(isSilent
            ? `no answer to the handshake within ${connectTimeoutMs} ms: ${this.#handshake?.advice ?? ""}`
            : `no connection within ${connectTimeoutMs} ms`);
    }
    #lose(why, closeCode) {
        this.#end(new ConnectionLostError(why, closeCode));
        this.#socket.terminate();
    }
    #giveUp(error) {
        if (this.#close())
            this.#events.impossible(error);
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
        this.#handshake?.stack.close();
        return true;
    }
}
/** By name: `layers.bundle.js` brings a class of its own. */
function isWireError(error) {
    return error instanceof Error && error.name === "WireError";
}
