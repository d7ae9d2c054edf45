/** The parameter of main and data template that chooses the version of Aurora. */
export const engineVersionParameter = 'DatabaseEngineVersion'

/**
 * What an environment gets that does not exist yet: the line with long-term support, which AWS offers for three years at
 * least. The template's own default is that of environments from before there was a choice, since a parameter that a
 * stack lacks takes the default on an update, and Aurora does not go back. Source: Aurora user guide, "Long-term support
 * (LTS) releases for Aurora MySQL"; Aurora MySQL release notes, 3.10.3 of January 2026.
 */
export const newEngineVersion = '8.0.mysql_aurora.3.10.3'

/** Below 0 when `left` is older. Versions are numbers between other signs: `8.0.mysql_aurora.3.08.2`. */
export function compareEngineVersions(left: string, right: string): number {
  const [ours, theirs] = [numbersOf(left), numbersOf(right)]
  for (let place = 0; place < Math.max(ours.length, theirs.length); place += 1) {
    const difference = (ours[place] ?? 0) - (theirs[place] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

function numbersOf(version: string): number[] {
  return (version.match(/\d+/g) ?? []).map(Number)
}

/** The newest of several versions. */
export function latestEngineVersion(versions: readonly string[]): string | undefined {
  return [...versions].sort(compareEngineVersions).at(-1)
}

/** The one that is next to a version that cannot be had: the first after it, or else the newest. */
export function nearestEngineVersion(version: string, offered: readonly string[]): string | undefined {
  const sorted = [...offered].sort(compareEngineVersions)
  return sorted.find(each => compareEngineVersions(each, version) > 0) ?? sorted.at(-1)
}

/** `8.0` of `8.0.mysql_aurora.3.10.3`: by it AWS tells until when it supports a version. */
export function majorEngineVersion(version: string): string {
  return /^\d+\.\d+/.exec(version)?.[0] ?? version
}
