import {listItems} from '../../../template/parameter-types.js'

/** The parameters together, for checks that one parameter's constraints cannot express. */
export interface Together {
  /** The value that counts: given, else the default. */
  textOf(name: string): string
  isGiven(name: string): boolean
}

/** One thing that parameters must agree on. The templates cannot say it: they neither count nor compare. */
export interface CrossCheck {
  /** What it is about. It applies when the templates have all of them and at least one was given. */
  readonly parameters: readonly string[]
  /** What is wrong, as the end of a sentence that names where the values come from. */
  problem(together: Together): string | undefined
  readonly hint: string
}

/** How many entries of a list of ranges network-stack.yaml reads. */
const rangesRead = 5

/**
 * Each range of DirectAccessCidrBlocks takes two rules of a security group, which has 60; CloudFront's prefix list
 * takes 55 of them. Source: Amazon VPC user guide, "Use an AWS-managed prefix list".
 */
const rangesBesideCloudFront = 2

export const crossChecks: readonly CrossCheck[] = [
  atMostFive('IngressCidrBlocks'),
  atMostFive('DirectAccessCidrBlocks'),
  {
    parameters: ['DirectAccessCidrBlocks', 'BaseDomain', 'CloudFrontPrefixListId'],
    problem(together) {
      const count = rangesOf(together.textOf('DirectAccessCidrBlocks')).filter(range => range !== '').length
      if (count <= rangesBesideCloudFront || !usesPrefixList(together)) return undefined
      return `DirectAccessCidrBlocks has ${count} ranges; without BaseDomain a security group has room for ${rangesBesideCloudFront} beside CloudFront's prefix list`
    },
    hint: `Give at most ${rangesBesideCloudFront} ranges, or BaseDomain and HostedZoneId, or an empty CloudFrontPrefixListId to admit IngressCidrBlocks instead of CloudFront.`,
  },
  notAbove('MinCapacity', 'MaxCapacity'),
  notAbove('DatabaseMinACU', 'DatabaseMaxACU'),
]

function atMostFive(name: string): CrossCheck {
  return {
    parameters: [name],
    problem({textOf}) {
      const count = rangesOf(textOf(name)).length
      return count > rangesRead
        ? `${name} has ${count} entries; the templates read ${rangesRead} and would leave the rest out silently`
        : undefined
    },
    hint: `Give at most ${rangesRead} ranges, wider ones if need be.`,
  }
}

function notAbove(low: string, high: string): CrossCheck {
  return {
    parameters: [low, high],
    problem({textOf, isGiven}) {
      if (Number(textOf(low)) <= Number(textOf(high))) return undefined
      const [lowText, highText] = [low, high].map(
        name => `${name}, which is ${textOf(name)}${isGiven(name) ? '' : ' unless you give it'}`,
      )
      return `${lowText}, is above ${highText}`
    },
    hint: `Give ${low} and ${high} together, ${low} not above ${high}.`,
  }
}

/** The entries of a list up to the last that says something: those behind it are no ranges. */
function rangesOf(text: string): string[] {
  const entries = listItems(text)
  return entries.slice(0, entries.findLastIndex(entry => entry !== '') + 1)
}

/** As the condition HttpFromCloudFront of network-stack.yaml; deploy looks the list up unless it is given. */
function usesPrefixList({textOf, isGiven}: Together): boolean {
  if (textOf('BaseDomain') !== '') return false
  return !isGiven('CloudFrontPrefixListId') || textOf('CloudFrontPrefixListId') !== ''
}
