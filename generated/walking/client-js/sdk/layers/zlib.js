import { Deflate, Inflate, Z_SYNC_FLUSH } from "pako";
import { WireError } from "./wire.js";
const MAX_MESSAGE = 64 * 1024 * 1024;
const LEVEL = 1;
const WINDOW = 15;
/** Bytes that are allocated for output at a time. */
const CHUNK = 4096;
/** The layer `zlib`: RFC 1950 with the server's dictionary, one stream a direction, flushed after each message. */
export function zlib(options = {}) {
    const maxMessage = options.maxMessage ?? MAX_MESSAGE;
    return () => ({
        name: "zlib",
        hello: () => new Uint8Array(0),
        finish: (dictionary) => new ZlibStream(dictionary, maxMessage),
    });
}
class ZlibStream {
    #deflate;
    #inflate;
    /** What the running call has given so far. */
    #chunks = [];
    #inflated = 0;
    constructor(given, maxMessage) {
        // A copy: it came as a view of a message, and inflating looks at it when the first message comes.
        const dictionary = given.length === 0 ? {} : { dictionary: given.slice() };
        this.#deflate = new Deflate({ ...dictionary, level: LEVEL, windowBits: WINDOW, chunkSize: CHUNK });
        this.#inflate = new Inflate({ ...dictionary, windowBits: WINDOW, chunkSize: CHUNK });
        this.#deflate.onData = (chunk) => {
            this.#chunks.push(chunk);
        };
        this.#inflate.onData = (chunk) => {
            this.#inflated += chunk.length;
            if (this.#inflated > maxMessage)
                throw new WireError(`zlib: a message inflates to more than ${maxMessage} bytes`);
            this.#chunks.push(chunk);
        };
    }
    encode(message) {
        this.#deflate.push(message, Z_SYNC_FLUSH);
        return this.#take();
    }
    decode(message) {
        this.#inflated = 0;
        const went = this.#inflate.push(message, Z_SYNC_FLUSH);
        if (!went || this.#inflate.ended) {
            throw new WireError(`zlib: ${this.#inflate.err === 0 ? "the stream has ended" : this.#inflate.msg}`);
        }
        return this.#take();
    }
    #take() {
        const chunks = this.#chunks;
        this.#chunks = [];
        const [first] = chunks;
        if (first !== undefined && chunks.length === 1)
            return first;
        const bytes = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
        let at = 0;
        for (const chunk of chunks) {
            bytes.set(chunk, at);
            at += chunk.length;
        }
        return bytes;
    }
}
