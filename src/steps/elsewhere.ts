import {environmentTag} from '../environment/names.js'
import type {AwsContext} from './context.js'

/**
 * Where an environment stands that is not here, in a sentence with the flag that leads to it: a wrong region is the most
 * common reason for finding nothing. Undefined when no other region has it and all of them answered.
 */
export async function elsewhereWords({
  aws,
  environment,
}: Pick<AwsContext, 'aws' | 'environment'>): Promise<string | undefined> {
  const {found, unasked, reason} = await aws.otherRegions.withTag(environmentTag, environment)
  const places = found.map(({region, stacks}) => `${region} (${stacks.join(', ')}; --region ${region})`)
  const sentences = [
    places.length > 0 && `An environment of that name exists in ${places.join(' and in ')}.`,
    unasked.length > 0 && `Could not check ${unaskedWords(unasked)} (${plain(reason)}).`,
  ]
  return sentences.filter(Boolean).join(' ') || undefined
}

/** So many are named. */
const mostNamed = 3

function unaskedWords(regions: readonly string[]): string {
  const named = regions.slice(0, mostNamed).join(', ')
  const more = regions.length - mostNamed
  return more > 0 ? `${named} and ${more} more regions` : named
}

const plain = (reason = '') => reason.replace(/\.$/, '')
