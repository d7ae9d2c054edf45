import type {Damage} from './damage.js'
import {repositoryType} from './repair-action.js'

/** What was done to a resource, as a sentence. */
export function deedWords({deed, type, physicalId}: Pick<Damage, 'deed' | 'type' | 'physicalId'>): string {
  switch (deed.is) {
    case 'gone':
      return `It does not exist (${physicalId}): someone deleted it outside CloudFormation.`
    case 'deleting':
      return `It is scheduled for deletion (${physicalId}): whatever uses it already fails.`
    case 'disabled':
      return `It is disabled (${physicalId}).`
    case 'deregistered':
      return `It is INACTIVE (${tail(physicalId)}): someone deregistered it outside CloudFormation.`
    case 'unusable':
      return `It is ${deed.status}, not ISSUED (${physicalId}): browsers do not accept it.`
    case 'misled':
      return `It does not lead where its stack says: ${deed.how}. Someone changed it.`
    case 'empty':
      return type === repositoryType
        ? `It lacks ${(deed.images ?? []).map(image => imageName(physicalId, image)).join(' or ')}, which its tasks run: no new one can start.`
        : `It has no value (${physicalId}).`
    case 'untargeted':
      return `It leads to no database (${deed.proxy}): someone removed its targets.`
    case 'detached':
      return `${deed.policies.join(', ')} ${deed.policies.length === 1 ? 'is' : 'are'} no longer attached: someone detached ${deed.policies.length === 1 ? 'it' : 'them'}.`
    case 'changed':
      return `It runs tasks of ${tail(deed.to)}, not of ${tail(deed.from)}: someone changed it.`
    case 'turned':
      return `It does not ${deed.port === undefined ? 'send where' : `listen on port ${deed.port}, as`} its stack says: someone changed it.`
    case 'recertified':
      return `It has ${deed.has === undefined ? 'no certificate' : `certificate ${tail(deed.has)}`}, not ${tail(deed.wanted)} of its stack: someone exchanged it, and browsers may not accept it.`
    case 'scaled':
      return deed.scales
        ? `Its desired count is ${deed.asked} tasks, which is outside its limits: it should be ${deed.wanted}.`
        : `Its desired count is ${deed.asked} tasks, not ${deed.wanted}: someone scaled it.`
  }
}

const imageName = (repository: string, image: string): string =>
  `${repository}${image.startsWith('sha256:') ? '@' : ':'}${image}`

const tail = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1)
