import * as layers from "../fixtures/world/generated/client-js/sdk/layers.bundle.js";
import * as world from "../fixtures/world/generated/client-js/world/bundle.js";
import { runVectors } from "./runner/run-vectors.js";
import type { Sdk } from "./runner/sdk.js";

// Private members keep the classes of both languages apart, though their declarations say the same.
runVectors({ world, layers } as unknown as Sdk);
