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
