import { FAULTS } from "./faults.js";
import { testFaults } from "./fault-tests.js";

testFaults(FAULTS.filter(({ database }) => database === "cluster"));
