import { CallFailedError, CallRejectedError, OutcomeUnknownError } from "../errors.js";
/** A call on its way from the application to its outcome. */
export class Call {
    answer = "call";
    spec;
    #args;
    #count;
    #errors;
    #newOnceId;
    #succeeded;
    #resolve;
    #reject;
    #onceId;
    #wasSent = false;
    #settled = false;
    /** Whether it is sent again, with the same id, when the link drops before its answer. */
    sendAgain = false;
    /** Told once the outcome is known. */
    onSettled = () => undefined;
    constructor(spec, args, context, settle) {
        this.spec = spec;
        this.#args = args.bytes;
        this.#count = args.count;
        this.#errors = context.errors;
        this.#newOnceId = context.newOnceId;
        this.#succeeded = context.succeeded;
        this.#resolve = settle.resolve;
        this.#reject = settle.reject;
    }
    /** Whether it has been sent, on this link or an earlier one. */
    get wasSent() {
        return this.#wasSent;
    }
    get settled() {
        return this.#settled;
    }
    frame(protocol) {
        if (!this.spec.once)
            return protocol.writeCall(this.spec.name, this.#args, this.#count);
        this.#onceId ??= this.#newOnceId();
        return protocol.writeOnce(this.#onceId, this.spec.name, this.#args, this.#count);
    }
    sent() {
        this.#wasSent = true;
    }
    /** A call that an earlier link has sent may have taken effect there. */
    unsendable(error) {
        if (this.#wasSent)
            this.outcomeUnknown("could not be sent again", error);
        else
            this.fail(error);
    }
    answered(message) {
        if (message.kind === "rejected")
            this.fail(this.#rejection(message.code, message.fields));
        else if (message.kind === "failed")
            this.fail(new CallFailedError(this.spec.name, message.reason));
        else if (message.kind === "result") {
            this.#succeed(message.value);
            this.#succeeded();
        }
    }
    /** The call is over as far as the application is concerned; an answer that still comes is ignored. */
    fail(error) {
        if (this.#settled)
            return;
        this.#settled = true;
        this.onSettled();
        this.#reject(error);
    }
    /** The link dropped while the call was under way. */
    outcomeUnknown(why, cause) {
        this.fail(new OutcomeUnknownError(this.spec.name, why, cause));
    }
    #succeed(value) {
        if (this.#settled)
            return;
        let result;
        try {
            result = this.spec.read(value);
        }
        catch (error) {
            this.fail(error);
            return;
        }
        this.#settled = true;
        this.onSettled();
        this.#resolve(result);
    }
    #rejection(code, fields) {
        try {
            const typed = this.#errors.get(code);
            if (typed !== undefined)
                return typed.read(this.spec.name, fields);
        }
        catch {
            // Fields of another version of the schema: the base class still has them as they came.
        }
        return new CallRejectedError(this.spec.name, code, fields);
    }
}
