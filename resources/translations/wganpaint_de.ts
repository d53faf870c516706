<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source> or </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Also: {gestures}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open recent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unsaved work</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tools</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tool options</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More: {bar}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What happened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fill</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>corruption</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>method</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PSNR, dB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SSIM</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>L1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>critic score</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Contextual + perceptual</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Critic only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Contextual</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Critic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>search-aware</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>encoder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a photo or a project. You can also drop it on the window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open sample portrait</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a portrait to try WganPaint on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous photo in folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next photo in folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save next to the original under a new name; nothing is overwritten.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the photo under a name you choose.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save photo, mask, frame and candidates in one file, so that you can continue later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save project as…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the project under a name you choose.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Load mask…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use an image as the mask; white areas are filled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save mask…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the mask as an 8-bit PNG of the photo&apos;s size.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filled region…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save only what was filled, as a PNG of the photo&apos;s size that is transparent elsewhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filled region, cropped…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save only what was filled, as a PNG that is cropped to it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photo with quality…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the photo as a lossy JPEG or WebP; shows the size and what changes first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Film of the search…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the search as an animated WebP or GIF; before the fill is kept or discarded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fill a folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fill all photos of a folder, each with its own mask.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo the last change.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo the change that was undone last.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the whole photo to the clipboard.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste as new photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the picture on the clipboard.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change shortcuts…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose other keys for actions; keys that two actions share are shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preferences…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose how the program looks and works.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brush</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag a rectangle. {modifiers}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag an ellipse. {modifiers}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw around the area to fill. {modifiers}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click corner by corner, and on the first one to close. {modifiers}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click on a colour. {modifiers}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click inside a closed outline. {modifiers}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag the square the model sees, or a handle; the round one turns it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag the photo. With any other tool, hold Space and drag.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add to the mask. Keys: B for the brush, X to swap.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Subtract</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove from the mask; so does the right button. Keys: E for the eraser, X to swap.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Intersect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep only the part of the mask inside the shape; so do Shift and Alt together.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CPU, 16 threads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model used for fills. See the Model tab for details.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Device that runs the search. Choose another one in the Fill tab, under More.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brush diameter in photo pixels, 1 to 2000, default fitted to the photo. Keys [ and ], or Alt+wheel.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sharpness of the brush&apos;s edge in percent, default 100: a soft edge blends the fill into the photo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hardness</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much a colour may differ from the one you click on, in any channel: 0 to 255 levels, default {level}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tolerance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Contiguous</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select only what is connected with the pixel you click on; otherwise that colour everywhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How far the frame is turned, in degrees clockwise, -180 to 180, default 0. Or drag the round handle on the photo; Shift snaps to 15°.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Angle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paint over the area to fill.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>right button, Alt or Ctrl erases, Shift+click draws a straight line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Erase parts of the mask.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mask a rectangle.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shift adds, Alt or Ctrl subtracts, both intersect; Shift while dragging makes a square</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ellipse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mask an ellipse.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shift adds, Alt or Ctrl subtracts, both intersect; Shift while dragging makes a circle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mask a freehand shape.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shift adds, Alt or Ctrl subtracts, both intersect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Polygon</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mask a shape with straight sides, corner by corner.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter closes, Backspace goes back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Magic wand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mask the pixels of a colour.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fill region</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mask the area inside a closed outline.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move, resize and turn the square the model sees.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the view.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Space+drag, middle-button drag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Swap brush and eraser</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decrease brush size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alt+wheel, Alt+right-drag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Increase brush size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decrease brush hardness</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Increase brush hardness</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changes the size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A pen that is pressed less paints a smaller circle.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pen pressure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changes the hardness</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A pen that is pressed less paints a softer edge.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Has no effect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A pen paints like a mouse.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide the mask.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Invert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Swap masked and unmasked areas.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the whole mask.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expand the mask on all sides.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shrink</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Contract the mask on all sides.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grow by pixels…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expand the mask by a number of pixels, with preview.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shrink by pixels…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Contract the mask by a number of pixels, with preview.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smooth…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Round the outline of the mask; specks and gaps vanish.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Feather…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Soften the edge of the mask; a fill fades in over it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the mask to the clipboard, as a grey picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the picture on the clipboard as the mask; white areas are filled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bring back the mask that was cleared or filled last, or that of the photo before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Centre square…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mask the middle of the frame, as in the paper.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Presets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Random pixels…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mask a share of the frame&apos;s pixels, chosen at random, as in the paper.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From transparency</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mask what is fully transparent in the photo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>25%</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set how strongly the mask&apos;s tint covers the photo; its outline stays visible.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>50%</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>75%</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>100%</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Magenta</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the mask in this colour.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Red</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Green</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>White</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Custom…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose any colour for the mask.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fill the mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search for an image that fits the masked area.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fill from the surroundings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy from the rest of the photo, without the model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search for an image that matches the known pixels and convinces the critic.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search for an image that convinces the critic, without regard to the known pixels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy from the rest of each photo, without the model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fill a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The photos to fill; folders inside are left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Masks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A mask for each photo: named like it, or like it with -mask.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where filled photos are saved under their own names; it is created.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Method</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What every photo is filled with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fill again what is in the results already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replace files of the results folder. Off: photos with a result are skipped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the photos and their masks.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fill all photos that have a mask.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause after the step in progress.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop now; finished photos are kept, and Start does the rest.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save report…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save what became of each file as a table (CSV).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the results folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files that need attention</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause or resume the search.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Centre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the middle quarter of the side, 16 of 64 pixels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Large centre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the middle half of the side, 32 of 64 pixels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>80% of pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove 80% of the pixels at random.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No pictures chosen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Removes parts of pictures that the model was not trained on, fills them, and measures the fills: the experiment of the paper. If you choose the pictures of the model&apos;s own training run, those it held out are used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Return to the photo (Esc). The evaluation continues in the background.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder of pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose zip…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a zip of pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Surroundings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measure also the fill from the image itself, without a model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Most images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number of images, the first by name; default 100.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save results…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save table and figures in a new folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress of the evaluation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluate model: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluate model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop the search; you can still choose among its candidates.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run 100 more steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Continue the search where it stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write this fill into the photo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discard all candidates; the mask stays.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous candidate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show another candidate on the photo; a contextual one is refined after a search.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next candidate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Switch method</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the other method&apos;s fill on the photo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Promote candidate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put this candidate first, and suggest it whatever the measures say.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>right-click a candidate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Candidate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lock candidate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave this candidate as it is while the search goes on with the others.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discard candidate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put this candidate last, and never suggest it. It can be restored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename candidate…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give this candidate a name to compare it by.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show suggested step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the step at which the suggested candidate is best: the star on the timeline.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show step most real to the critic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the step at which the critic scores this candidate highest: the eye on the timeline.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place frame automatically</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit the frame to the face, or to the mask where there is no face.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frame whole photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the smallest square that contains the whole photo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a frame beside the others. With the Frame tool, Alt+drag draws one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the frame that has handles.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>wheel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom to 100%</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show one photo pixel per screen pixel.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit in window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the whole photo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom to frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom to the square the model sees.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show original</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the photo as it was opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hold Tab</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Split view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the original on the left and the current photo on the right.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare side by side</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show another candidate beside the one on the photo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+click a candidate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare with next candidate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the next candidate in the second view.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mix compared candidates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move between the latents of the two candidates with a slider.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Difference view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show how the photo differs from the one you opened, amplified.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>× 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the difference multiplied by this factor.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Amplification</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>× 2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>× 4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>× 8</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>× 16</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>× 32</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Critic&apos;s eye</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show where this fill still looks false to the critic: what it would change first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Film strip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the photos of the folder below the photo; click one to open it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pixel grid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw lines between the photo&apos;s pixels above 800%.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>System</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose model file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use another WganPaint model (.safetensors) for fills.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train new model…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train a model on your own pictures, or show the training run in progress.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sample now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw samples of the model that is being trained, as it is now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export metrics…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save W, critic gap, SWD and speed of every update of the training run shown as a CSV table.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluate model…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measure the model in use on held-out pictures: the experiment of the paper.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gestures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shortcuts and gestures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search shortcuts and gestures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No matching shortcuts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>List all keyboard shortcuts and gestures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show log…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read what the program noted about its work.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy diagnostic report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy versions, system and the last lines of the log, to paste into a report of a problem.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About WganPaint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>drop it on the window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a recent photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File, Open recent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Return to a photo with unsaved work</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open it again, or File, Unsaved work</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Erase with brush or shape</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>right button, Alt or Ctrl</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Straight line from the last stroke</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shift+click</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel the current stroke</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Esc before releasing the button</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brush size and hardness</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alt+right-drag: sideways, up and down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brush size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alt+wheel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Combine a shape with the mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Square or circle; around the first point</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>press Shift; Alt or Ctrl, after the mouse button</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close a polygon; remove a corner</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>click on its first corner, double-click or Enter; Backspace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw a new frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frame tool: drag outside the frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frame tool: Alt+drag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the frame in fine steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shift+drag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turn the frame; in steps of 15°</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frame tool: drag its round handle; with Shift</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom at the cursor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>wheel, Ctrl+wheel, pinch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Space+drag, middle-button drag, arrow keys, two fingers on a touchpad</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the divider of the split view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>drag it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enlarge a picture of the search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hover over it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Return from the timeline to the best step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>double-click the timeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset a setting to its default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>double-click its name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes effect at the next start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>English</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deutsch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pen and magic wand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pen pressure changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The hardness</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tolerance of the wand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How far a colour may differ, in levels of 255.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wand selects connected pixels only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opacity of the mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How strongly the tint covers the photo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pixel grid above 800%</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Action</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Actions and their keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key of the selected action</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the selected action the key that the program came with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{key} belongs to the photo and the fields. Choose another key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two actions have the same key: change one of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compared candidate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The photo with another candidate, at the same place and zoom.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paint over the area to fill</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photo canvas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The photo with its mask. Paint over the area to fill; arrow keys scroll.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fill region</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A polygon needs three corners: click where the next one should be, or press Esc.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{size:.0f} px  ·  hardness {percent:.0f}%</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a photo or a project on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open photo…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the portrait that comes with WganPaint.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try sample portrait</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop a photo here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Then paint over the area to fill and let the model find images that fit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Original</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Current</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rectangle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ellipse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lasso</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>polygon</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>eraser stroke</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>brush stroke</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model is loading.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no model to evaluate.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder or zip of pictures, or drop it here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose at least one part to remove.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measure the model in use. Your photo stays open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for fill</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about {time} left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped. Evaluate again to continue where it stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finished.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The evaluation of {name} has finished.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose folder of pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose zip of pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zip files (*.zip)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save results in folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Results saved in {folder}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another window runs this evaluation.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait for it, or choose other pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean ± standard error of each method, and the seconds that all its fills took.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fills</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Original, corrupted and filled images side by side, as in the paper&apos;s figure 4.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>W curve</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The W curve of the training run, as in the paper&apos;s figure 2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Samples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>100 samples of the model, as in the paper&apos;s figure 3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Peak signal-to-noise ratio inside the hole, in dB; higher is better.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Structural similarity inside the hole, −1 to 1; higher is better.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean absolute difference inside the hole, 0 to 2; lower is better.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The critic&apos;s score of the whole image; higher is more real.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seconds that all fills of the method took.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Table of the evaluation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figure of the evaluation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Animated WebP (*.webp)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Animated GIF (*.gif)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export the filled region, cropped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export the filled region</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export with quality</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The steps of this search are not in the project, so there is no film of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fill again to get one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export the film</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exported as {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is the photo that is open; an export must not replace it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writing {name}: {percent} %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CSV table (*.csv)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the folders…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused. {summary}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photo {number} of {total}: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about a minute left</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s) left</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) filled</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n skipped, with a result already</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n mask(s) without a photo</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Every photo is filled from its own surroundings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model is not loaded yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n candidate(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{model}, {steps}, {candidates}, as set in the Fill panel.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Report saved as {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the folder: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opens everywhere; cannot hold transparency.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smaller at the same quality; holds transparency.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Format</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quality of the file, 1 to 100, default {default}: higher changes less and takes more room.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quality</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Computing the preview…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: a part of the photo at 100%</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file will take {room}. In this part, values change by {mean} of 255 on average and by {largest} at most; so does the photo outside the mask.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>steps/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{days} d {hours} h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>images/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{left}, then {stage}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>invert mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>clear mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>grow mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>shrink mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How far the mask grows on all sides</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How far the mask shrinks on all sides</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How strongly the outline is rounded; specks and gaps much narrower than this vanish</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>smooth mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model&apos;s fills fade over a soft edge.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None</source>
        <comment>blend</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Poisson</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fills fade over a soft edge with the edge blend Feather only; yours is {used}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How far the edge is softened on both sides; 0 makes it hard. Which pixels are filled stays the same</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>feather mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what}, in photo pixels, {least} to {most}, default {usual}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>magic wand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mask colour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>last mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mask from transparency</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing in this photo is fully transparent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Side of the square in per cent of the frame&apos;s side, 1 to 100, default 25: the paper&apos;s 16 of 64 pixels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Side</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>centre square</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Per cent of the model&apos;s pixels in the frame that are masked, 1 to 99, default 80: the paper&apos;s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which pixels they are; the same seed, the same pixels. Default 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>random pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inside the frame, in the {side}&#xa0;×&#xa0;{side} pixels of the model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing would be masked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Error details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Report: {report}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>WganPaint closed unexpectedly last time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo {entry}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo {entry}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opened photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>History</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All changes of mask, frame and photo. Click one to go back or forward to it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undone. Click to redo it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click to go back to this change.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
