import type {Clients} from './clients.js'
import {allPages} from './pages.js'

/** ECR. */
export interface Repositories {
  /** All of the region: asking for names fails as a whole when one of them is missing. */
  names(): Promise<readonly string[]>
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
  }
}
