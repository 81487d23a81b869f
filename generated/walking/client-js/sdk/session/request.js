export function answers(message, request) {
    switch (message.kind) {
        case "result":
            return request.answer === "call";
        case "rejected":
        case "failed":
            return request.answer === "call" || request.answer === "clock";
        case "subscribed":
        case "caughtUp":
            return request.answer === "subscription";
        case "refused":
            return request.answer === "subscription" || request.answer === "page";
        case "page":
            return request.answer === "page";
        case "clock":
            return request.answer === "clock";
        default:
            return false;
    }
}
