/** A drill that makes the situation of a rule and follows its advice, beside those of test/drills/situations. */
export interface Elsewhere {
  /** From the folder of the drills. */
  file: string
  /** As the file has it. */
  title: string
}

export const followedElsewhere: Readonly<Record<string, Elsewhere>> = {
  'boundary-demanded': {
    file: 'preflight-advice.test.ts',
    title: 'an organization that demands a permissions boundary gets one',
  },
  'database-class': {
    file: 'database-class.test.ts',
    title: 'a version that the region does not have as serverless is exchanged for one that it lists',
  },
  'deployment-circuit-breaker': {file: 'table/builds.ts', title: 'a task never finds its image'},
}

/** Rules whose situation no drill makes, by why. What they say of AWS commands test/diagnosis/advice-commands.test.ts checks. */
const reasons: Readonly<Record<string, readonly string[]>> = {
  'The embedded account has no API of Lambda: that would be a client more in the package for the one command of this advice.':
    ['function-exists'],
  'mcpgw refuses before it begins, or clears it itself (test/drills/foreign.test.ts): the rule is for deletions that others began.':
    ['cluster-in-use', 'export-in-use-at-deletion', 'repository-not-empty', 'secret-missing-at-deletion'],
}

export const notFollowed: ReadonlyMap<string, string> = new Map(
  Object.entries(reasons).flatMap(([reason, ids]) => ids.map(id => [id, reason] as const)),
)
