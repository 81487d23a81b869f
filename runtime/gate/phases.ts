/** Layers shake hands; on hetu.2 a hello is awaited, and perhaps the end of the link before; then requests are taken. */
export type Phase = "handshake" | "greeting" | "taking over" | "open" | "ended";

/** What becomes of a session when its link has gone. */
export type Ending =
  /** Its hooks run, as soon as nothing of it runs any more. */
  | "ends"
  /** It waits for its client to come back, on another link. */
  | "parked"
  /** Another link of this process goes on with it. */
  | "handed over"
  /** This process stops: whoever its client comes to goes on with it. */
  | "left";
