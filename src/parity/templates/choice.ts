/** Where and with what an environment is deployed: everything that a template can depend on. */
export interface Choice {
  readonly region: string
  readonly partition: string
  readonly account: string
  readonly layout: 'nested' | 'individual'
  /** Values for the parameters of the main template; a parameter that is not here keeps its default. */
  readonly parameters: Readonly<Record<string, string>>
}
