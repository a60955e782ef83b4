// options/: what programs give to the package, which nothing else looks at where they are in JavaScript.
export { areAlike } from "./alike";
export { guarded } from "./guard";
export { OptionError, refuseOptions, refuseValue } from "./option-error";
export type { OptionKind, OptionKinds, OptionProblem } from "./problems";
