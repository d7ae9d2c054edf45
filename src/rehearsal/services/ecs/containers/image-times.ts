/** Typical seconds of a container image on Fargate. */
export interface ImageTimes {
  /** To pull the image: the two large ones take longer. */
  pullSeconds: number
  /** From the container's start until its ports answer. */
  startSeconds: number
}

const usual: ImageTimes = {pullSeconds: 36, startSeconds: 8}

/** Images that are larger, or whose processes take longer, than the others, by what their repositories' names end with. */
const times: Readonly<Record<string, ImageTimes>> = {
  registry: {pullSeconds: 70, startSeconds: 32},
  keycloak: {pullSeconds: 66, startSeconds: 32},
}

/** How long the image of a repository takes. */
export function timesOf(repository: string): ImageTimes {
  const name = repository.slice(repository.lastIndexOf('/') + 1)
  return Object.entries(times).find(([app]) => isApp(name, app))?.[1] ?? usual
}

/** Whether the last part of a repository's name is that of an app, after the environment's prefix. */
export function isApp(name: string, app: string): boolean {
  return name === app || name.endsWith(`-${app}`)
}
