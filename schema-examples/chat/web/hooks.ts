import * as React from "react";
import { createHooks } from "../../../generated/chat/client-ts/sdk/react.js";

export const { useRow, useRange, useCall, useConnection } = createHooks(React);
