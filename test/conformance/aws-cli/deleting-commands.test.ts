import {expect, test} from 'vitest'
import {wordsOf} from '../../drills/harness/words.js'
import {deletable} from '../../helpers/deletable.js'
import {run} from '../clients.js'

/** Its own refusal of an option or a command, before it would call anything. */
const refusal = /Unknown options|Invalid choice|argument operation|arguments are required|usage:/i

test.each(deletable.filter(([, command]) => !command.startsWith('s3 ')))(
  'the AWS CLI knows the command for %s, and all of its options',
  async (_, command) => {
    const flat = command.replace(/"?\$\(.*\)"?$/, 'X')
    // A skeleton is made without a call; that its own examples break rules of the service is of no interest.
    const {stderr} = await run('aws', [
      ...wordsOf(flat),
      '--region',
      'us-west-2',
      '--generate-cli-skeleton',
      'output',
    ])
    expect(stderr).not.toMatch(refusal)
  },
)

test('and would refuse one that it does not know', async () => {
  const words = 'ec2 delete-vpc --vpc vpc-1 --nonsense --generate-cli-skeleton output'.split(' ')
  expect((await run('aws', words)).stderr).toMatch(refusal)
})
