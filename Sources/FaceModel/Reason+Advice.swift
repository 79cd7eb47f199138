// SPDX-License-Identifier: Apache-2.0

extension Reason {
    /// One sentence on what the reason means.
    public var meaning: String { text.meaning }

    /// One sentence on how to put it right; the `hint` of a row.
    public var advice: String { text.advice }

    private var text: (meaning: String, advice: String) {
        switch self {
        case .nameFields:
            (
                "The file name does not have the six parts Name_imgid_Identity_Gender_Age_Address.",
                "Rename the file, with # for what is unknown (Ann_E-17_#_0_31_Oslo.jpg), or use a spreadsheet."
            )
        case .nameSeparator:
            (
                "A value holds the separator: a file name has more than six parts, or a table's row too many cells.",
                "In a table put the value into quotes; in a file name take the \"_\" out of it, or use a people.csv."
            )
        case .nameCopy:
            (
                "The file is named as a copy that a file manager or a browser made, and that would become a value.",
                "Delete the copy, or rename the file if it is the photo that counts; a people.csv may hold any value."
            )
        case .nameExtension:
            (
                "The file name has two picture extensions; the inner one was not taken for a part of the last value.",
                "Nothing need be done; rename the file to have it go through without a word."
            )
        case .cellDamaged:
            (
                "A cell holds what a spreadsheet made of the value (1.1E+17, #REF!, 03-Jan), not the value itself.",
                "Format the column as text, write the value again from where it came, and save the table as CSV."
            )
        case .imgIDLength:
            ("The img_id is longer than 48 characters.", "Give a shorter img_id, 1 to 48 characters.")
        case .imgIDCharacters:
            (
                "The img_id holds a character that the device does not take.",
                "Use only the letters A-Z a-z, the digits and the hyphen."
            )
        case .imgIDTaken:
            (
                "The device already has another portrait under this img_id.",
                "Run again with --update if the new portrait is to take its place, or give another img_id."
            )
        case .imgIDRepeated:
            (
                "An earlier row of the source has the same img_id.",
                "Remove one of the rows, or give one of them another img_id."
            )
        case .genderValue:
            ("The gender is not one the device knows.", "Write 0 or f for female, 1 or m for male, or leave it empty.")
        case .ageRange:
            ("The age is not a whole number from 0 to 999.", "Correct the age or leave it empty.")
        case .attributeComma:
            (
                "A value holds a comma, which breaks the device's own export.",
                "Nothing need be done; facelib exports such a portrait singly. Replace the comma if other tools export."
            )
        case .attributeLength:
            (
                "A value is longer than devices are known to take.",
                "Shorten it: names and identity codes to 64 characters, addresses to 128."
            )
        case .attributeMasked:
            (
                "A value is a device's mask (such as 130****12), not the value itself.",
                "Write the true value, or leave it empty; a mask is never stored."
            )
        case .sourceMissingPhoto:
            ("The row names a photo that is not there.", "Put the photo in its place or correct the photo column.")
        case .sourceMissingRow:
            ("The photo has no row in the spreadsheet.", "Add a row that names the photo, or move the photo away.")
        case .sourceUnreadable:
            (
                "The photo, or a folder of the source, could not be read from the disk.",
                "Check that it exists and may be read by this user."
            )
        case .sourceChanged:
            ("The source changed while the job was under way.", "Run again when nobody is changing it.")
        case .portraitMissing:
            (
                "The library has no portrait under this img_id.",
                "Check the img_id; if the portrait was there a moment ago, somebody deleted it."
            )
        case .imageMissing:
            (
                "The device keeps no picture of this portrait or record, only its values.",
                "Have the device store pictures (facelib device check names the setting); import a portrait's photo again."
            )
        case .imageFormat:
            (
                "The file is not a picture in a format that can be read.",
                "Save the photo as JPEG or PNG and try again."
            )
        case .imageTruncated:
            ("The picture is cut short or damaged.", "Copy the photo again from where it came from.")
        case .imageTooLarge:
            ("The picture is larger than the device takes.", "Shrink the photo, or lower max_side for this device.")
        case .imageTooSmall:
            ("The picture has too few pixels for recognition.", "Take or find a larger photo.")
        case .imageBomb:
            (
                "The picture claims more pixels than any photo has.",
                "Save the photo again with at most 64 megapixels."
            )
        case .imageRepeated:
            (
                "The same picture stands under another img_id in this source.",
                "Check whose picture it is; one of the two rows probably has the wrong photo."
            )
        case .qualityLow:
            ("The quality of the face is too low for the device.", "Take a sharper, evenly lit photo from the front.")
        case .qualityBlurred:
            ("The picture is blurred.", "Take the photo again, in focus and without movement.")
        case .qualityDark:
            ("The picture is too dark.", "Take the photo again with more light on the face.")
        case .qualityBright:
            ("The picture is overexposed.", "Take the photo again with less light.")
        case .qualityFlat:
            ("The picture has hardly any contrast.", "Take the photo again; check that it is not a blank page.")
        case .qualityGrey:
            ("The picture has no colour.", "Use a colour photo if there is one.")
        case .qualityUneven:
            ("One side of the picture is much brighter than the other.", "Light the face from the front.")
        case .faceNone:
            (
                "The device finds no face in the picture.",
                "Use a photo that shows the face from the front, unobstructed."
            )
        case .faceMany:
            ("The device finds several faces in the picture.", "Crop the photo to one person.")
        case .libraryFull:
            (
                "The device has no room for more portraits.",
                "Delete portraits that are no longer needed, then facelib job resume."
            )
        case .libraryMissing:
            (
                "The library is not on the device.",
                "Check its name with facelib library list, or create it with --create."
            )
        case .deviceRefused:
            (
                "The device refused the portrait for a reason of its own.",
                "See the device's code and text in the detail."
            )
        case .deviceUnreachable:
            ("The device did not answer.", "Check the network and the device, then facelib job resume.")
        case .deviceContradicts:
            (
                "What the device said and what it holds do not agree.",
                "Look at the portrait on the device; run the import again to have it compared anew."
            )
        }
    }
}
