// SPDX-License-Identifier: Apache-2.0

import FaceImaging
import FaceModel
import Glibc

/// A file of the folder `Fixtures`, which tells how each was made.
func fixture(_ name: String, file: String = #filePath) -> [UInt8] {
    let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    guard let stream = fopen("\(folder)/Fixtures/\(name)", "rb") else { preconditionFailure("no fixture \(name)") }
    defer { fclose(stream) }
    return [UInt8](unsafeUninitializedCapacity: 65536) { buffer, count in
        count = fread(buffer.baseAddress, 1, 65536, stream)
    }
}

/// A workshop that judges nothing, for tests of formats and sizes.
let plainWorkshop = ImageWorkshop(limits: ImageLimits(), profile: .off)

/// The four corners as they are in `Drawing.quadrants`.
let uprightCorners = [Drawing.red, Drawing.green, Drawing.blue, Drawing.yellow]

/// Whether a picture shows the four corners in their places.
func showsQuadrants(_ image: PreparedImage?) -> Bool {
    guard let image, let drawing = Drawing(jpeg: image.bytes) else { return false }
    return zip(drawing.corners, uprightCorners).allSatisfy { $0.isNear($1) }
}

/// One file of every kind that can be read.
let everyKind: [(name: String, bytes: [UInt8])] = {
    let drawing = Drawing.quadrants()
    var files = [
        ("jpeg", drawing.jpeg()), ("progressive", drawing.jpeg(isProgressive: true)),
        ("cmyk jpeg", drawing.jpeg(asCMYK: true)), ("bmp", drawing.bmp()), ("palette bmp", drawing.bmp(.bits4)),
        ("tiff", drawing.tiff()), ("tiled tiff", drawing.tiff(isTiled: true)), ("rle4 bmp", drawing.bmpRuns(4)),
        ("rle8 bmp", drawing.bmpRuns(8, isLiteral: true)),
    ]
    files += PNGKind.allCases.map { ("png \($0)", drawing.png($0)) }
    files += [
        "quadrants.webp", "alpha.webp", "turned.webp", "quadrants.heic", "alpha.heic", "turned.heic", "lzw.tif",
        "deflate.tif", "jpeg.tif", "cmyk.tif",
    ].map { ($0, fixture($0)) }
    return files.map { (name: $0.0, bytes: $0.1) }
}()
