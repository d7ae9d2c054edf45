import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {checkValue} from '../../resources/constraints.js'
import {pageOf} from '../../resources/paging.js'
import {record, text} from '../../resources/values.js'
import {modelled, type Operations} from '../../wire/index.js'
import {digestOf, type Image, imagesOf, manifestMediaType, repositoryType, tagImage} from './images.js'

/** Amazon ECR, as far as looking at images, tagging and removing them goes. Source: Amazon ECR API reference. */
export function ecrOperations(world: World): Operations<'ecr'> {
  return {
    DescribeRepositories({repositoryNames, nextToken, maxResults}, {region: name}) {
      const region = world.region(name)
      const chosen = repositoryNames?.length
        ? repositoryNames.map(wanted => demandRepository(world, region, wanted))
        : world.resourcesOf(region, repositoryType)
      const page = ecrPage(chosen, nextToken, maxResults)
      return {
        nextToken: page.next,
        repositories: page.items.map(repository => ({
          repositoryArn: text(repository.attributes.Arn),
          registryId: world.account.id,
          repositoryName: repository.physicalId,
          repositoryUri: text(repository.attributes.RepositoryUri),
          createdAt: new Date(repository.createdAt),
          imageTagMutability: (text(repository.properties.ImageTagMutability) ?? 'MUTABLE') as 'MUTABLE',
          imageScanningConfiguration: {
            scanOnPush: record(repository.properties.ImageScanningConfiguration).ScanOnPush === true,
          },
          encryptionConfiguration: {encryptionType: 'AES256' as const},
        })),
      }
    },
    ListImages({repositoryName, filter, nextToken, maxResults}, {region: name}) {
      const repository = demandRepository(world, world.region(name), repositoryName)
      const ids: {imageDigest: string; imageTag?: string}[] = imagesOf(repository).flatMap(
        ({digest, tags}): {imageDigest: string; imageTag?: string}[] =>
          tags.length > 0 ? tags.map(imageTag => ({imageDigest: digest, imageTag})) : [{imageDigest: digest}],
      )
      const status = filter?.tagStatus
      const found = ids.filter(
        ({imageTag}) => !status || status === 'ANY' || (status === 'TAGGED') === (imageTag !== undefined),
      )
      const page = ecrPage(found, nextToken, maxResults)
      return {imageIds: page.items, nextToken: page.next}
    },
    DescribeImages({repositoryName, imageIds, nextToken, maxResults}, {region: name}) {
      const repository = demandRepository(world, world.region(name), repositoryName)
      const images = imagesOf(repository)
      const chosen = imageIds?.length
        ? imageIds.map(id => {
            const found = images.find(image => isNamed(image, id))
            if (found) return found
            const words = `{imageDigest:'${id.imageDigest ?? 'null'}', imageTag:'${id.imageTag ?? 'null'}'}`
            throw modelled(
              'ImageNotFoundException',
              `The image with imageId ${words} does not exist within the repository with name '${repository.physicalId}' in the registry with id '${world.account.id}'`,
            )
          })
        : images
      const page = ecrPage(chosen, nextToken, maxResults)
      return {
        nextToken: page.next,
        imageDetails: page.items.map(image => ({
          registryId: world.account.id,
          repositoryName: repository.physicalId,
          imageDigest: image.digest,
          imageTags: image.tags.length > 0 ? image.tags : undefined,
          imageSizeInBytes: image.sizeInBytes,
          imagePushedAt: new Date(image.pushedAt),
        })),
      }
    },
    BatchGetImage({repositoryName, imageIds = []}, {region: name}) {
      const repository = demandRepository(world, world.region(name), repositoryName)
      const images = imagesOf(repository)
      const found = imageIds.map(id => ({id, image: images.find(image => isNamed(image, id))}))
      return {
        // Once for each id that was asked for, with the tag by which it was.
        images: found.flatMap(({id, image}) =>
          image === undefined
            ? []
            : {
                registryId: world.account.id,
                repositoryName: repository.physicalId,
                imageId: {imageDigest: image.digest, imageTag: id.imageTag},
                imageManifest: image.manifest,
                imageManifestMediaType: manifestMediaType,
              },
        ),
        failures: found.flatMap(({id, image}) => (image === undefined ? [notFound(id)] : [])),
      }
    },
    PutImage({repositoryName, imageManifest = '', imageTag}, {region: name}) {
      const repository = demandRepository(world, world.region(name), repositoryName)
      const digest = digestOf(imageManifest)
      const image = imagesOf(repository).find(candidate => candidate.digest === digest)
      // Layers come from a Docker client, which does not speak with the account.
      if (image === undefined) {
        throw modelled(
          'LayersNotFoundException',
          `The layers of the manifest ${digest} do not exist in the repository with name '${repository.physicalId}' in the registry with id '${world.account.id}'`,
        )
      }
      if (imageTag === undefined || image.tags.includes(imageTag)) {
        throw modelled(
          'ImageAlreadyExistsException',
          `Image with digest '${digest}' and tag '${imageTag ?? 'null'}' already exists in the repository with name '${repository.physicalId}' in registry with id '${world.account.id}'`,
        )
      }
      tagImage(repository, image, imageTag)
      return {
        image: {
          registryId: world.account.id,
          repositoryName: repository.physicalId,
          imageId: {imageDigest: digest, imageTag},
          imageManifest,
          imageManifestMediaType: manifestMediaType,
        },
      }
    },
    BatchDeleteImage({repositoryName, imageIds = []}, {region: name}) {
      const repository = demandRepository(world, world.region(name), repositoryName)
      const images = imagesOf(repository)
      const known = imageIds.filter(id => images.some(image => isNamed(image, id)))
      const touched = images.filter(image => known.some(id => isNamed(image, id)))
      for (const image of touched) {
        const named = known.filter(id => isNamed(image, id))
        // A tag alone is taken off; the image goes with its last tag.
        const whole = named.some(({imageTag}) => !imageTag)
        image.tags = whole ? [] : image.tags.filter(tag => !named.some(({imageTag}) => imageTag === tag))
      }
      repository.data.images = images.filter(image => image.tags.length > 0 || !touched.includes(image))
      return {
        imageIds: known,
        failures: imageIds.filter(id => !known.includes(id)).map(notFound),
      }
    },
    DeleteRepository({repositoryName, force}, {region: name}) {
      const region = world.region(name)
      const repository = demandRepository(world, region, repositoryName)
      if (imagesOf(repository).length > 0 && !force) {
        throw modelled(
          'RepositoryNotEmptyException',
          `The repository with name '${repository.physicalId}' in registry with id '${world.account.id}' cannot be deleted because it still contains images`,
        )
      }
      world.remove(region, repository)
      return {
        repository: {
          repositoryArn: text(repository.attributes.Arn),
          registryId: world.account.id,
          repositoryName: repository.physicalId,
        },
      }
    },
  }
}

/** A page has a hundred things unless asked for otherwise. Source: Amazon ECR API reference, maxResults: 1 to 1000. */
function ecrPage<T>(all: readonly T[], token: string | undefined, size = 100) {
  checkValue('maxResults', size, {least: 1, most: 1000}, message =>
    modelled('InvalidParameterException', message),
  )
  return pageOf(all, token, size, () =>
    modelled('InvalidParameterException', "Invalid parameter at 'NextToken' failed to satisfy constraint"),
  )
}

/** @throws RepositoryNotFoundException */
function demandRepository(world: World, region: Region, name = ''): Resource {
  const repository = world.resource(region, repositoryType, name)
  if (repository) return repository
  throw modelled(
    'RepositoryNotFoundException',
    `The repository with name '${name}' does not exist in the registry with id '${world.account.id}'`,
  )
}

function notFound(imageId: {imageDigest?: string; imageTag?: string}) {
  return {imageId, failureCode: 'ImageNotFound' as const, failureReason: 'Requested image not found'}
}

function isNamed(image: Image, id: {imageDigest?: string; imageTag?: string}): boolean {
  if (id.imageDigest && id.imageDigest !== image.digest) return false
  return id.imageTag ? image.tags.includes(id.imageTag) : id.imageDigest !== undefined
}
