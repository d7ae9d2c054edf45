/** What runs have measured, and what forecasts make of it. */
export interface TimingsShowResult {
  /** Where it is kept. */
  file: string
  /** By place and action, the longest first. */
  timings: readonly UsualTimeResult[]
}

/** What one resource usually takes at one place. */
export interface UsualTimeResult {
  /** An account and a region, such as `123456789012/us-west-2`; `rehearsal` for the embedded account, in account time. */
  place: string
  action: 'CREATE' | 'UPDATE' | 'DELETE'
  /** "network", "data" … */
  stack: string
  logicalId: string
  type: string
  /** The median of `measured`: what a forecast counts on. */
  usualSeconds: number
  /** The last ones, the newest last. */
  measured: readonly number[]
}

/** The content of the file, as `timings import` takes it. */
export interface TimingsExportResult {
  file: string
  timings: {
    version: number
    /** By place, action and `STACK/LOGICAL-ID`. */
    places: Record<string, Record<string, Record<string, {type: string; seconds: readonly number[]}>>>
  }
}

/** What was taken over from another file. */
export interface TimingsImportResult {
  file: string
  from: string
  /** Resources of which something was taken over, counted once for each place and action. */
  imported: number
}

/** Whether there was anything to forget. */
export interface TimingsForgetResult {
  file: string
  forgotten: boolean
}
