import type {Clients} from './clients.js'
import {isNamed} from './errors.js'
import {allPages, unlessAbsent} from './pages.js'

/** ECR. */
export interface Repositories {
  /** All of the region: asking for names fails as a whole when one of them is missing. */
  names(): Promise<readonly string[]>
  /** Whether the repository exists and has an image with this tag. */
  hasImage(repository: string, tag: string): Promise<boolean>
}

/** The largest page. Source: Amazon ECR API reference, DescribeRepositories. */
const repositoriesPerPage = 1000

export function createRepositories(clients: Pick<Clients, 'ecr'>): Repositories {
  return {
    async names() {
      const ecr = await clients.ecr()
      const all = await allPages(async token => {
        const page = await ecr.describeRepositories({maxResults: repositoriesPerPage, nextToken: token})
        return {items: page.repositories, token: page.nextToken}
      })
      return all.flatMap(({repositoryName}) => repositoryName ?? [])
    },
    async hasImage(repositoryName, imageTag) {
      const ecr = await clients.ecr()
      return unlessAbsent(
        async () => {
          const {imageDetails = []} = await ecr.describeImages({repositoryName, imageIds: [{imageTag}]})
          return imageDetails.length > 0
        },
        error => isNamed(error, 'ImageNotFoundException', 'RepositoryNotFoundException'),
        false,
      )
    },
  }
}
