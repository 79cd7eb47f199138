// SPDX-License-Identifier: Apache-2.0

/// Why a row did not go through, or what was noticed about one that did.
///
/// The codes are the same whether our own check or the device found it; others rely on them.
/// Meanings and advice stand in `Reason+Advice.swift`, the device's codes in `Reason+DeviceCode.swift`.
public enum Reason: String, Sendable, Hashable, CaseIterable {
    case nameFields = "name.fields"
    case nameSeparator = "name.separator"
    case imgIDLength = "img-id.length"
    case imgIDCharacters = "img-id.characters"
    case imgIDTaken = "img-id.taken"
    case imgIDRepeated = "img-id.repeated"
    case genderValue = "gender.value"
    case ageRange = "age.range"
    case attributeComma = "attribute.comma"
    case attributeLength = "attribute.length"
    case attributeMasked = "attribute.masked"
    case sourceMissingPhoto = "source.missing-photo"
    case sourceMissingRow = "source.missing-row"
    case sourceUnreadable = "source.unreadable"
    case sourceChanged = "source.changed"
    case imageFormat = "image.format"
    case imageTruncated = "image.truncated"
    case imageTooLarge = "image.too-large"
    case imageTooSmall = "image.too-small"
    case imageBomb = "image.bomb"
    case imageRepeated = "image.repeated"
    case qualityLow = "quality.low"
    case qualityBlurred = "quality.blurred"
    case qualityDark = "quality.dark"
    case qualityBright = "quality.bright"
    case qualityFlat = "quality.flat"
    case qualityGrey = "quality.grey"
    case qualityUneven = "quality.uneven"
    case faceNone = "face.none"
    case faceMany = "face.many"
    case libraryFull = "library.full"
    case libraryMissing = "library.missing"
    case deviceRefused = "device.refused"
    case deviceUnreachable = "device.unreachable"
    case deviceContradicts = "device.contradicts"
}
