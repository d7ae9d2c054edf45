/** A set of image tarballs in a bucket, as far as that can be told without fetching it. */
export interface ImageSetResult {
  bucket: string
  /** Ends in a slash, or is empty. */
  prefix: string
  /** Whole, as it was exported, and of the version that is wanted. */
  ok: boolean
  /** Every tarball is there, as it was exported. */
  complete: boolean
  /** What the images say of themselves; null when nothing in the set says it. */
  version: string | null
  /** What the templates build; empty when they do not say it. */
  expectedVersion: string
  sourceCommit: string | null
  /** When, in UTC, the set was exported; null when nothing in the set says it. */
  exportedAt: string | null
  images: ImageTarballResult[]
  /** What is wrong with the set as a whole, and what to do; null when that is nothing. */
  reason: string | null
}

/** One tarball of a set. */
export interface ImageTarballResult {
  name: string
  tarball: string
  /** As it lies in the bucket; null when it is not there. */
  bytes: number | null
  /** What it was compared by: S3's own checksum, its size, nothing but its name. */
  checkedBy: 'sha256' | 'size' | 'name'
  ok: boolean
  reason: string | null
}

/** What an export did. */
export interface ImagesExportResult {
  environment: string
  account: string
  region: string
  /** `attached`: somebody's export was followed; `none`: these images had been exported there already. */
  operation: 'export' | 'attached' | 'none'
  build: ExportBuildResult | null
  /** What lies in the bucket now. */
  set: ImageSetResult
  durationSeconds: number
  apiCalls: Record<string, number>
}

/** The build that exported. */
export interface ExportBuildResult {
  id: string
  status: string
  durationSeconds: number
}
