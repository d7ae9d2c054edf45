import {readdirSync, readFileSync} from 'node:fs'
import {describe, expect, it, test} from 'vitest'
import {knownFailures} from '../../src/diagnosis/known-failures/index.js'
import {followedElsewhere} from './followed-rules.js'

const drills = new URL('../drills/', import.meta.url)
const situations = readdirSync(new URL('situations/', drills)).map(file =>
  readFileSync(new URL(`situations/${file}`, drills), 'utf8'),
)
/** The ids in quotes: a situation has its rule so, and nothing else there is called like one. */
const inSituations = (id: string) => situations.some(text => text.includes(`'${id}'`))
const ids = knownFailures.map(({id}) => id)
const waysOf = (id: string) =>
  [inSituations(id) && 'a situation', id in followedElsewhere && 'elsewhere'].filter(Boolean)

describe('the advice of every known failure', () => {
  it('is followed by one drill', () => {
    const wrong = ids.filter(id => waysOf(id).length !== 1).map(id => [id, waysOf(id)])
    expect(
      wrong,
      'test/drills/situations makes the situation of a rule; test/diagnosis/followed-rules.ts says which another drill makes',
    ).toEqual([])
  })

  it('is of a rule that the catalogue has', () => {
    expect(Object.keys(followedElsewhere).filter(id => !ids.includes(id))).toEqual([])
  })

  test.each(Object.entries(followedElsewhere))(
    'is followed for %s by a drill that exists',
    (_, {file, title}) => {
      expect(readFileSync(new URL(file, drills), 'utf8')).toContain(`'${title}'`)
    },
  )
})
