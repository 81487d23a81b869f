import * as layers from "../fixtures/world/generated/client-ts/sdk/layers.js";
import * as world from "../fixtures/world/generated/client-ts/world/index.js";
import { runVectors } from "./runner/run-vectors.js";

runVectors({ world, layers });
