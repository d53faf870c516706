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
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause or resume the search.</source>
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
</context>
</TS>
