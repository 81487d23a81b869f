export function answers(frame, request) {
    switch (frame.kind) {
        case "rsp":
            return request.answer === "call";
        case "rej":
        case "err":
            return request.answer !== "sub";
        case "sub":
            return request.answer === "sub";
        case "clock":
            return request.answer === "clock";
        default:
            return false;
    }
}
