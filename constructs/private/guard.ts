import { Token } from "cdktf";
import { Construct } from "constructs";
import { guarded as guardedBy } from "../../options";
import { throwProblems, ValidationError } from "./errors";

/** The library as programs have it, which may be in JavaScript: what they give is looked at first. */
export function guarded<T extends object>(library: T): T {
  const classes = guardedBy(library, {
    later: {
      isLater: (value) => Token.isUnresolved(value),
      text: (value) => Token.asString(value),
      number: (value) => Token.asNumber(value),
      list: (value) => Token.asList(value),
      data: (value) => Token.asStringMap(value),
    },
    isScope: (value) => Construct.isConstruct(value),
    refuse: (problems, called, [scope, id]) => {
      const constructPath = Construct.isConstruct(scope) ? [scope.node.path, id].filter(Boolean).join("/") : called;
      throwProblems(problems.map((problem) => ({ ...problem, constructPath })));
    },
  });
  return { ...classes, ValidationError };
}
